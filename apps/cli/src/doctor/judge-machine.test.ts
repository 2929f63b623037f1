import { describe, expect, test } from "bun:test";
import { judgeMachine } from "./judge-machine.ts";
import { type MachineFacts, machineFacts } from "./machine-facts.ts";

const GOOD: MachineFacts = {
  bunVersion: "1.4.5",
  platform: "linux-x64",
  cores: 4,
  memoryBytes: 8e9,
  availableMemoryBytes: 6e9,
  openFiles: 65_536,
  freeDiskBytes: 50e9,
};

function stateOf(name: string, facts: Partial<MachineFacts>) {
  const finding = judgeMachine({ ...GOOD, ...facts }).find((each) => each.name === name);
  return [finding?.state, finding?.advice] as const;
}

describe("judgeMachine", () => {
  test("a good machine needs nothing", () => {
    for (const finding of judgeMachine(GOOD)) expect(finding).toMatchObject({ state: "ok", advice: "" });
  });

  test("each shortage has its own advice", () => {
    expect(stateOf("bun", { bunVersion: "1.3.0" })).toEqual(["warn", expect.stringContaining("1.4.5")]);
    expect(stateOf("platform", { platform: "win32-x64" })[0]).toBe("fail");
    expect(stateOf("memory", { availableMemoryBytes: 1.1e9 })).toEqual(["warn", expect.stringContaining("-w 2")]);
    expect(stateOf("memory", { availableMemoryBytes: 1e8 })).toEqual(["warn", expect.stringContaining("-w 1")]);
    expect(stateOf("disk", { freeDiskBytes: 5e8 })[0]).toBe("warn");
    expect(stateOf("disk", { freeDiskBytes: 1e6 })[0]).toBe("fail");
    expect(stateOf("open files", { openFiles: 256 })).toEqual(["warn", expect.stringContaining("ulimit -n")]);
    expect(stateOf("open files", { openFiles: null })[0]).toBe("warn");
  });

  test("this machine has figures, also for a folder that does not exist yet", async () => {
    const facts = await machineFacts("/nowhere/at/all");
    expect(facts.freeDiskBytes).toBeGreaterThan(0);
    expect(facts.cores).toBeGreaterThan(0);
    expect(facts.availableMemoryBytes).toBeLessThanOrEqual(facts.memoryBytes);
    expect(facts.openFiles).toBeGreaterThan(0);
  });
});
