/** One thing that `doctor` looked at. */
export interface Finding {
  readonly name: string;
  readonly state: "ok" | "warn" | "fail";
  /** What was found. */
  readonly facts: string;
  /** What to do; empty when there is nothing to do. */
  readonly advice: string;
}

export function ok(name: string, facts: string): Finding {
  return { name, state: "ok", facts, advice: "" };
}

export function warn(name: string, facts: string, advice: string): Finding {
  return { name, state: "warn", facts, advice };
}

export function fail(name: string, facts: string, advice: string): Finding {
  return { name, state: "fail", facts, advice };
}
