import { expect, test } from "bun:test";
import type { WorkerRegistered, WorkerRegistration } from "@sluice/contracts";
import { createLogger } from "@sluice/serverkit";
import { type CoordinatorCalls, Registrar } from "./registrar.ts";

class Coordinator implements CoordinatorCalls {
  readonly url = "http://test";
  calls = 0;
  left: string[] = [];
  down = false;
  hangs = false;
  drains = false;

  async register(): Promise<WorkerRegistered> {
    this.calls += 1;
    if (this.hangs) await new Promise(() => {});
    if (this.down) throw new Error("refused");
    return { renewEveryMs: 5, expiresAfterMs: 1_000, drain: this.drains };
  }

  async unregister(workerId: string): Promise<void> {
    if (this.down) throw new Error("refused");
    this.left.push(workerId);
  }
}

function registrarOf(...coordinators: Coordinator[]): Registrar {
  return new Registrar({
    coordinators,
    registration: () => ({ workerId: "w" }) as WorkerRegistration,
    logger: createLogger({ name: "test", level: "silent" }),
    onDrain: () => undefined,
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await Bun.sleep(2);
}

test("one coordinator that is down or hangs does not hold up the others, and is asked again", async () => {
  const [up, down, hanging] = [new Coordinator(), new Coordinator(), new Coordinator()];
  down.down = true;
  hanging.hangs = true;
  const registrar = registrarOf(up, down, hanging);
  registrar.start();
  await until(() => up.calls >= 5 && down.calls >= 2);
  expect(hanging.calls).toBe(1);
  down.down = false;
  const before = down.calls;
  await until(() => down.calls >= before + 3);
  await registrar.stop();
  expect([up.left, down.left]).toEqual([["w"], ["w"]]);
  const after = up.calls;
  await Bun.sleep(30);
  expect(up.calls).toBe(after);
});

test("a coordinator that is gone does not keep a worker from leaving", async () => {
  const gone = new Coordinator();
  const registrar = registrarOf(gone);
  registrar.start();
  await until(() => gone.calls > 0);
  gone.down = true;
  await registrar.stop();
  expect(gone.left).toEqual([]);
});
