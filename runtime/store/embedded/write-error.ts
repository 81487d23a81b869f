/** LMDB rejects a batch with a general error whose `commitError` is a promise that rejects with the reason. */
export async function rootCause(error: unknown): Promise<unknown> {
  if (typeof error !== "object" || error === null || !("commitError" in error)) return error;
  try {
    await error.commitError;
    return error;
  } catch (cause) {
    return cause;
  }
}
