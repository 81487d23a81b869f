/** Why something is not renamed, in words for the user. */
export interface Refusal {
  readonly refused: string;
}

export function isRefusal(answer: object): answer is Refusal {
  return "refused" in answer;
}
