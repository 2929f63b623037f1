import { appendFileSync } from "node:fs";

/** Everything that a run does and sees, one JSON object a line, with the seconds since it began. */
export class EventLog {
  readonly #path: string;
  readonly #begun = performance.now();

  constructor(path: string) {
    this.#path = path;
  }

  note(event: string, facts: Record<string, unknown> = {}): void {
    const seconds = Number(((performance.now() - this.#begun) / 1000).toFixed(3));
    appendFileSync(this.#path, `${JSON.stringify({ seconds, at: new Date().toISOString(), event, ...facts })}\n`);
  }
}
