import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../src/check-images.ts";
import { readCompose } from "../src/read-compose.ts";

const compose = readCompose(join(ROOT, "compose.yaml"));

describe.each(["coordinator", "worker"])("the unit of the %s", (name) => {
  const unit = readFileSync(join(ROOT, `deploy/systemd/sluice-${name}.service`), "utf8");
  const settings = unit
    .split("\n")
    .filter((line) => /^\w+=/.test(line))
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const);
  const all = (key: string) => settings.filter(([each]) => each === key).map(([, value]) => value);
  const environment = Object.fromEntries(
    all("Environment").flatMap((line) => line.split(" ").map((pair) => pair.split("=") as [string, string])),
  );

  test("starts what is there, and ends its main process first, with time to drain", () => {
    const entry = /\/opt\/sluice\/(\S+)$/.exec(all("ExecStart")[0] ?? "")?.[1] ?? "";
    expect(existsSync(join(ROOT, entry))).toBe(true);
    expect(all("KillMode")).toEqual(["mixed"]);
    expect(Number(all("TimeoutStopSec")[0])).toBeGreaterThanOrEqual(Number(environment["SLUICE_DRAIN_SECONDS"]) + 3);
  });

  test("is given the secrets that compose.yaml gives, each from a credential that it loads", () => {
    const files = Object.entries(environment).filter(([variable]) => variable.endsWith("_FILE"));
    const loaded = all("LoadCredential")
      .map((line) => line.slice(0, line.indexOf(":")))
      .sort();
    expect(files.map(([, path]) => path.replace("%d/", "")).sort()).toEqual(loaded);
    expect(loaded).toEqual([...(compose.services[name]?.secrets ?? [])].sort());
    const inCompose = Object.keys(compose.services[name]?.environment ?? {}).filter((each) => each.endsWith("_FILE"));
    expect(files.map(([variable]) => variable).sort()).toEqual(inCompose.sort());
  });

  test("writes to its state directory alone", () => {
    const state = all("StateDirectory").map((folder) => `/var/lib/${folder}`);
    const written = ["SLUICE_SPOOL_DIR", "SLUICE_BLOBS"].flatMap((variable) => environment[variable] ?? []);
    expect(written.length).toBe(name === "coordinator" ? 2 : 0);
    expect(written.filter((path) => !state.some((folder) => `${path}/`.startsWith(`${folder}/`)))).toEqual([]);
  });

  test("cannot write to the system or gain privileges", () => {
    expect([all("ProtectSystem"), all("NoNewPrivileges"), all("DynamicUser")]).toEqual([["strict"], ["yes"], ["yes"]]);
    expect(all("CapabilityBoundingSet")).toEqual([""]);
  });
});

const analyze = Bun.which("systemd-analyze");
test.skipIf(analyze === null)("systemd reads the units, where it is installed", () => {
  for (const name of ["coordinator", "worker"]) {
    const path = join(ROOT, `deploy/systemd/sluice-${name}.service`);
    const { stderr } = Bun.spawnSync([analyze ?? "", "verify", path]);
    const faults = stderr
      .toString()
      .split("\n")
      .filter((line) => line.includes(".service:") && !line.includes("not executable"));
    expect(faults.filter((line) => line.includes("sluice-"))).toEqual([]);
  }
});
