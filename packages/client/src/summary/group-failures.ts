import type { FailureRow } from "@sluice/contracts";
import type { FailureGroup } from "./batch-report.ts";

const EXAMPLES = 10;

/** Failures by code, the most frequent first, each with its first few: memory does not grow with their number. */
export class FailureGroups {
  readonly #groups = new Map<string, { advice: string; count: number; examples: { uri: string; message: string }[] }>();

  add({ code, advice, uri, message }: Pick<FailureRow, "code" | "advice" | "uri" | "message">): void {
    const group = this.#groups.get(code) ?? { advice, count: 0, examples: [] };
    group.count += 1;
    if (group.examples.length < EXAMPLES) group.examples.push({ uri, message });
    this.#groups.set(code, group);
  }

  sorted(): FailureGroup[] {
    return Array.from(this.#groups, ([code, group]) => ({ code, ...group })).sort(
      (left, right) => right.count - left.count || (left.code < right.code ? -1 : 1),
    );
  }
}
