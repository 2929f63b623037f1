import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Glob } from "bun";
import { validate } from "dockerfile-utils";
import { ROOT } from "../src/check-images.ts";
import { readDockerfile } from "../src/read-dockerfile.ts";

const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  packageManager: string;
  workspaces: string[];
};
const manifests = manifest.workspaces
  .flatMap((workspace) => [...new Glob(`${workspace}/package.json`).scanSync(ROOT)])
  .sort();

describe.each(["Dockerfile.coordinator", "Dockerfile.worker"])("%s", (name) => {
  const path = join(ROOT, name);
  const stages = readDockerfile(path);
  const last = stages.at(-1);
  const copies = stages.flatMap((stage) => stage.steps.filter((step) => step.kind === "copy"));

  test("has nothing that a linter objects to", () => {
    expect(validate(readFileSync(path, "utf8"))).toEqual([]);
  });

  test("installs from the frozen lockfile, with the manifest of every workspace and the Bun of this repository", () => {
    const installs = stages
      .flatMap((stage) => stage.steps)
      .flatMap((step) => (step.kind === "run" ? [step.command] : []));
    const lockfile = installs.filter((command) => command.includes("bun install"));
    expect(lockfile.length).toBeGreaterThan(0);
    for (const command of lockfile) expect(command).toContain("--frozen-lockfile");
    const copied = copies
      .flatMap((copy) => copy.sources)
      .filter((source) => source.endsWith("/package.json") && !source.startsWith("/"));
    expect(copied.sort()).toEqual(manifests);
    const bun = stages.find((stage) => stage.base.startsWith("oven/bun:"));
    expect(bun?.base).toBe(`oven/${manifest.packageManager.replace("@", ":")}-slim`);
  });

  test("ends in a stage without a compiler, as a user by number, checked without other programs", () => {
    const compilers = stages.filter((stage) => stage.base.startsWith("rust:")).map((stage) => stage.name);
    expect(last?.base).toBe("bun");
    for (const step of last?.steps ?? []) {
      if (step.kind !== "copy") continue;
      // Of what a compiler made, the addon alone.
      if (compilers.includes(step.from ?? ""))
        expect(step.sources).toEqual(["/sluice/native/src/generated/extract.node"]);
      else expect(step.from).toBe("dependencies");
    }
    expect(last?.steps.filter((step) => step.kind === "user")).toEqual([{ kind: "user", user: "1000:1000" }]);
    const check = last?.steps.find((step) => step.kind === "healthcheck");
    expect(check?.kind === "healthcheck" ? check.command[0] : "none").toBe("bun");
    const port = last?.steps.find((step) => step.kind === "expose");
    const variables = last?.steps.find((step) => step.kind === "env");
    expect(variables?.kind === "env" ? variables.variables["SLUICE_PORT"] : "").toBe(
      String(port?.kind === "expose" ? port.port : 0),
    );
  });
});

const hadolint = Bun.which("hadolint");
test.skipIf(hadolint === null)("hadolint agrees, where it is installed", () => {
  const files = ["Dockerfile.coordinator", "Dockerfile.worker"].map((name) => join(ROOT, name));
  const linted = Bun.spawnSync([hadolint ?? "", ...files]);
  expect([linted.success, linted.stdout.toString()]).toEqual([true, ""]);
});
