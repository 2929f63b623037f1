import { describe, expect, test } from "bun:test";
import type { LlmPace } from "@sluice/contracts";
import { answered, failed } from "../scripted-server.ts";
import { Pace } from "./pace.ts";

interface Simulated {
  /** Calls that it works on at a time, each as fast as alone. */
  readonly slots: number;
  readonly queue: number;
  readonly callMs: number;
}

/** A server by a clock of its own: first come, first served, and a queue that ends. */
class Simulation {
  now = 0;
  completed = 0;
  refused = 0;
  readonly changes: LlmPace[] = [];
  readonly pace: Pace;
  #server: Simulated;
  #seed = 11;
  /** Ends of the calls that are worked on or wait. */
  #calls: { startedAt: number; endsAt: number; outcome: "ok" | "busy" }[] = [];
  /** When each slot is free. */
  #free: number[] = [];

  constructor(server: Simulated, most = 64) {
    this.#server = server;
    const onChange = (state: LlmPace) => this.changes.push(state);
    this.pace = new Pace({ model: "m", most, now: () => this.now, onChange });
  }

  become(server: Simulated): void {
    this.#server = server;
    this.#free = [];
  }

  runUntil(time: number): void {
    while (this.now < time) {
      while (this.pace.hasRoom) this.#start();
      this.#calls.sort((left, right) => left.endsAt - right.endsAt);
      const next = this.#calls.shift();
      if (next === undefined) throw new Error("nothing runs");
      this.now = Math.max(this.now, next.endsAt);
      if (next.outcome === "ok") this.completed += 1;
      else this.refused += 1;
      this.pace.end(next.startedAt, next.outcome);
    }
  }

  #start(): void {
    const { slots, queue, callMs } = this.#server;
    const startedAt = this.pace.begin();
    if (this.#calls.filter(({ outcome }) => outcome === "ok").length >= slots + queue) {
      this.#calls.push({ startedAt, endsAt: this.now + 1, outcome: "busy" });
      return;
    }
    while (this.#free.length < slots) this.#free.push(0);
    this.#free.sort((left, right) => left - right);
    const begins = Math.max(this.now, this.#free[0] ?? 0);
    // Documents differ: calls take between half and half as much again.
    const endsAt = begins + callMs * (0.5 + this.#random());
    this.#free[0] = endsAt;
    this.#calls.push({ startedAt, endsAt, outcome: "ok" });
  }

  #random(): number {
    this.#seed = (this.#seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return this.#seed / 2_147_483_648;
  }
}

describe("by a simulated clock", () => {
  test.each([1, 4, 16])("a server of %i slots is kept busy, and its queue short", (slots) => {
    const simulation = new Simulation({ slots, queue: 1_000, callMs: 1_000 });
    // Of three windows and a few: it opens by doubling.
    simulation.runUntil(40_000);
    expect(simulation.pace.state.limit).toBeGreaterThanOrEqual(slots);
    simulation.runUntil(300_000);
    const before = simulation.completed;
    const from = simulation.now;
    simulation.runUntil(1_300_000);
    const perSecond = ((simulation.completed - before) / (simulation.now - from)) * 1_000;
    expect(perSecond).toBeGreaterThan(slots * 0.95);
    expect(simulation.pace.state.limit).toBeGreaterThan(slots);
    expect(simulation.pace.state.limit).toBeLessThanOrEqual(Math.ceil(slots * 2.5));
    expect(simulation.pace.state.reason).toContain("latency");
  });

  test("a full queue halves it, once for all calls that were sent together", () => {
    const simulation = new Simulation({ slots: 4, queue: 1_000, callMs: 1_000 });
    simulation.runUntil(200_000);
    const { limit } = simulation.pace.state;
    expect(limit).toBeGreaterThanOrEqual(4);
    simulation.become({ slots: 1, queue: 0, callMs: 1_000 });
    simulation.changes.length = 0;
    simulation.runUntil(201_000);
    const [first] = simulation.changes;
    expect(first).toMatchObject({ limit: Math.floor(limit / 2), reason: "its queue was full" });
    simulation.refused = 0;
    simulation.runUntil(1_200_000);
    expect(simulation.pace.state.limit).toBeLessThanOrEqual(2);
    // It tries again now and then, and is not refused all the time.
    expect(simulation.refused).toBeLessThan(200);
  });

  test("a server that has become slower for good is known anew, and one that is fast again as well", () => {
    const simulation = new Simulation({ slots: 8, queue: 1_000, callMs: 100 });
    simulation.runUntil(60_000);
    simulation.become({ slots: 8, queue: 1_000, callMs: 1_000 });
    simulation.runUntil(900_000);
    const before = simulation.completed;
    simulation.runUntil(1_900_000);
    expect(simulation.completed - before).toBeGreaterThan(8 * 1_000 * 0.9);
    simulation.become({ slots: 8, queue: 1_000, callMs: 100 });
    simulation.runUntil(2_000_000);
    const later = simulation.completed;
    simulation.runUntil(2_100_000);
    expect(simulation.completed - later).toBeGreaterThan(8 * 10 * 100 * 0.9);
  });

  test("never more than it is told", () => {
    const simulation = new Simulation({ slots: 32, queue: 1_000, callMs: 100 }, 5);
    simulation.runUntil(100_000);
    expect(simulation.pace.state.limit).toBe(5);
    expect(Math.max(...simulation.changes.map(({ limit }) => limit))).toBe(5);
  });
});

describe("calls", () => {
  const never = new AbortController().signal;

  test("wait for room, in their order, and one that gives up does not stand in the way", async () => {
    const pace = new Pace({ model: "m", most: 1 });
    const gates = Array.from({ length: 3 }, () => Promise.withResolvers<void>());
    const begun: number[] = [];
    const abort = new AbortController();
    const call = (index: number, signal: AbortSignal) =>
      pace.run(async () => {
        begun.push(index);
        await gates[index]?.promise;
        return answered("x");
      }, signal);
    const first = call(0, never);
    const second = call(1, abort.signal);
    const third = call(2, never);
    await Bun.sleep(1);
    expect(begun).toEqual([0]);
    expect(pace.state).toMatchObject({ limit: 1, inFlight: 1 });
    abort.abort(new Error("stopped"));
    await expect(second).rejects.toThrow("stopped");
    gates[0]?.resolve();
    await first;
    await Bun.sleep(1);
    expect(begun).toEqual([0, 2]);
    gates[2]?.resolve();
    await third;
    expect(pace.state.inFlight).toBe(0);
  });

  test("that fail in other ways leave it as it is", async () => {
    const pace = new Pace({ model: "m", most: 8 });
    for (let call = 0; call < 4; call++) await pace.run(async () => answered("x"), never);
    const { limit, reason } = pace.state;
    expect(limit).toBe(2);
    for (const outcome of ["too_long", "server_error", "aborted"] as const) {
      await pace.run(async () => failed(outcome), never);
    }
    await pace.run(() => Promise.reject(new Error("thrown")), never).catch(() => undefined);
    expect(pace.state).toMatchObject({ limit, inFlight: 0, reason });
    await pace.run(async () => failed("timeout"), never);
    expect(pace.state).toMatchObject({ limit: 1, reason: "a call took too long" });
  });
});
