import { describe, expect, test } from "bun:test";
import { startTogether } from "./start-together.ts";

function part(name: string, stopped: string[]) {
  return {
    name,
    stop: async () => {
      stopped.push(name);
    },
  };
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

describe("startTogether", () => {
  test("gives what was started, in order", async () => {
    const stopped: string[] = [];
    const started = await startTogether([
      async () => part("a", stopped),
      async () => null,
      async () => part("c", stopped),
    ]);
    expect(started.map((each) => each?.name)).toEqual(["a", undefined, "c"]);
    expect(stopped).toEqual([]);
  });

  test("one that fails takes the others back, last first, and its error is the one thrown", async () => {
    const stopped: string[] = [];
    const failed = startTogether([
      async () => part("a", stopped),
      async () => part("b", stopped),
      (signal) => untilAborted(signal),
      async () => {
        throw new Error("the cause");
      },
    ]);
    await expect(failed).rejects.toThrow("the cause");
    expect(stopped).toEqual(["b", "a"]);
  });

  test("giving up from outside stops what had started all the same", async () => {
    const stopped: string[] = [];
    const outer = new AbortController();
    const failed = startTogether(
      [
        async () => {
          outer.abort(new Error("enough"));
          return part("a", stopped);
        },
      ],
      outer.signal,
    );
    await expect(failed).rejects.toThrow("enough");
    expect(stopped).toEqual(["a"]);
  });
});
