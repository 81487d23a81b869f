/** Times the number of random runs that a change has to pass: `HETU_TEST_RUNS=20 npx vitest run test/runtime/live`. */
export const LONGER = Number(process.env["HETU_TEST_RUNS"] ?? 1);
