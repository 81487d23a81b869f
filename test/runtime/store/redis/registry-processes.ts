import { afterEach } from "vitest";
import { Program } from "../../cli/program.js";
import { useChildProgram } from "../child-program.js";

/** `registry-child.ts` as a program of its own. @returns what starts one; all end with the test. */
export function useRegistryProcesses(): (url: string, leaseTime?: number) => Program {
  const child = useChildProgram("test/runtime/store/redis/registry-child.ts");
  const running: Program[] = [];
  afterEach(async () => {
    for (const program of running.splice(0)) {
      program.child.kill("SIGCONT");
      await program.stop("SIGKILL");
    }
  });
  return (url, leaseTime = 1000) => {
    const program = new Program(child(), [url, String(leaseTime)]);
    running.push(program);
    return program;
  };
}

/** The worker number of a process. */
export async function workerOf(program: Program): Promise<number> {
  return Number((await program.line(/^joined (\d+)/))[1]);
}

/** All ids that processes have given. */
export function idsOf(...programs: readonly Program[]): string[] {
  return programs.flatMap(({ lines }) => lines.filter((line) => /^id \d+$/.test(line)));
}
