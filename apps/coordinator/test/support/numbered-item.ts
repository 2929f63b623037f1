import type { ItemSubmission } from "@sluice/contracts";

/** A source that is a function of its ordinal, so that a process and the test that watches it agree on it. */
export function numberedItem(ordinal: number): ItemSubmission {
  const name = String(ordinal).padStart(8, "0");
  return { ordinal, uri: `file:///numbered/${name}.pdf`, sizeBytes: 1_000 + ordinal, sourceVersion: `${ordinal}:0` };
}
