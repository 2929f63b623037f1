import { expect, test } from "bun:test";
import { chooseBuild } from "./choose-build.ts";
import type { KnownWorker } from "./list-workers.ts";

const worker = (over: Partial<KnownWorker>): KnownWorker => ({
  workerId: "w",
  address: "http://127.0.0.1:1",
  host: "h",
  pid: 1,
  slots: 1,
  busySlots: 0,
  engineVersion: "1",
  classifiers: ["rules@1"],
  labellers: [],
  dispatchToken: "t",
  registeredAt: "",
  renewedAt: "",
  live: true,
  draining: false,
  ...over,
});

test("the build with the most live slots wins, whoever registered last", () => {
  const workers = [worker({ engineVersion: "2", slots: 3 }), worker({ slots: 2 }), worker({ slots: 2 })];
  expect(chooseBuild(workers, "rules")).toEqual({ engineVersion: "1", classifierVersion: "rules@1" });
  expect(chooseBuild(workers, "none")).toEqual({ engineVersion: "1", classifierVersion: null });
});

test("without a live worker the one seen last decides", () => {
  const workers = [worker({ engineVersion: "2", live: false }), worker({ engineVersion: "1", live: false })];
  expect(chooseBuild(workers, "rules").engineVersion).toBe("2");
});

test("no worker at all, or none with the classifier, is said", () => {
  expect(() => chooseBuild([], "none")).toThrow("No worker has registered");
  expect(() => chooseBuild([worker({ classifiers: [] })], "rules")).toThrow('"rules"');
});
