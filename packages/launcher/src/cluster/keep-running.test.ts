import { describe, expect, test } from "bun:test";
import { AppError } from "@sluice/contracts";
import { keepRunning } from "./keep-running.ts";

function fakePart(pid: number) {
  const exited = Promise.withResolvers<void>();
  return { pid, exited: exited.promise, stop: async () => exited.resolve(), die: exited.resolve };
}

describe("keepRunning", () => {
  test("a part that dies is started again, and stop is no death", async () => {
    const restarted: number[] = [];
    const first = fakePart(1);
    const back = Promise.withResolvers<void>();
    const kept = keepRunning({
      maxRestarts: 5,
      name: "worker",
      first,
      restart: async () => fakePart(2),
      onRestarted: (part) => {
        restarted.push(part.pid);
        back.resolve();
      },
      onGivenUp: (error) => back.reject(error),
    });
    first.die();
    await back.promise;
    expect(kept.current().pid).toBe(2);
    await kept.stop();
    expect(restarted).toEqual([2]);
  });

  test("one that keeps dying is given up", async () => {
    const givenUp = Promise.withResolvers<AppError>();
    let starts = 0;
    const first = fakePart(1);
    keepRunning({
      maxRestarts: 5,
      name: "worker",
      first,
      restart: async () => {
        const next = fakePart((starts += 1));
        next.die();
        return next;
      },
      onGivenUp: givenUp.resolve,
    });
    first.die();
    expect(await givenUp.promise).toMatchObject({
      code: "START_FAILED",
      message: "the worker died 6 times within a minute",
    });
    expect(starts).toBe(5);
  });

  test("a restart that fails is given up with its own error", async () => {
    const givenUp = Promise.withResolvers<AppError>();
    const first = fakePart(1);
    const full = new AppError("DISK_FULL", "no space");
    keepRunning({
      maxRestarts: 5,
      name: "postgres",
      first,
      restart: () => Promise.reject(full),
      onGivenUp: givenUp.resolve,
    });
    first.die();
    expect(await givenUp.promise).toBe(full);
  });

  test("stop during a restart ends what the restart brings", async () => {
    const first = fakePart(1);
    const second = fakePart(2);
    const restarting = Promise.withResolvers<void>();
    const brought = Promise.withResolvers<typeof second>();
    const kept = keepRunning({
      maxRestarts: 5,
      name: "worker",
      first,
      restart: () => {
        restarting.resolve();
        return brought.promise;
      },
      onGivenUp: (error) => brought.reject(error),
    });
    first.die();
    await restarting.promise;
    const stopped = kept.stop();
    brought.resolve(second);
    await stopped;
    await second.exited;
  });
});
