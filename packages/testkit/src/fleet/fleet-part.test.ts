import { expect, test } from "bun:test";
import { FleetPart } from "./fleet-part.ts";

test.each(["kill", "stop"] as const)(
  "%s while it is told that it listens ends what has just been started",
  async (end) => {
    const told = Promise.withResolvers<void>();
    const telling = Promise.withResolvers<void>();
    const listening: boolean[] = [];
    const exited = Promise.withResolvers<void>();
    const part = new FleetPart({
      name: "worker-1",
      kind: "worker",
      host: { name: "worker-1", address: "127.0.0.1", commandPrefix: [], link: null },
      start: async () => ({ pid: process.pid, exited: exited.promise, stop: async () => exited.resolve() }),
      onListening: async (now) => {
        listening.push(now);
        telling.resolve();
        if (now) await told.promise;
      },
      onDeath: () => expect.unreachable(),
    });
    part.start();
    await telling.promise;
    const ended = part[end]();
    told.resolve();
    await ended;
    await exited.promise;
    expect(part.pid).toBeNull();
    expect(listening).toEqual([true, false]);
  },
);
