const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Whether a name is one that the language allows; of others the parser has said what there is to say. */
export function isName(text: string): boolean {
  return NAME.test(text);
}
