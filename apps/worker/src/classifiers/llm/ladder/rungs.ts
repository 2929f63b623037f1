/** One way of asking. */
export interface Rung {
  /** `json`: an object held to a schema. `number`: the number of a category as plain text, which needs nothing of a server. */
  readonly answer: "json" | "number";
  readonly temperature: number;
  /** Of the excerpt that would fit. */
  readonly share: number;
}

/** From the best to the plainest. A model that answers nonsense once often does not when its dice fall otherwise, or when there is less to read. */
export const RUNGS: readonly Rung[] = [
  { answer: "json", temperature: 0, share: 1 },
  { answer: "json", temperature: 0.7, share: 1 },
  { answer: "json", temperature: 0, share: 0.5 },
  { answer: "number", temperature: 0, share: 0.25 },
];

/** Where servers tell no log-probabilities, what they say again by chance stands in for them. */
export const DRAW: Rung = { answer: "json", temperature: 1, share: 1 };
