/** `@sluice/client` as npm installs it: built, packed, installed in a folder of its own, compiled against and run. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { makePdf, startTestCluster, temporaryFolder } from "@sluice/testkit";
import { zipOf } from "@sluice/sources/make-archive";
import { serveInstalledPackages } from "./installed-packages.ts";

const ROOT = resolve(import.meta.dir, "../../../..");
const DIST = join(ROOT, "packages/client/dist");
const TSC = join(ROOT, "node_modules/.bin/tsc");
const missing = ["node", "npm"].filter((name) => Bun.which(name) === null);

const scratch = temporaryFolder();
const project = join(scratch.path, "project");
afterAll(() => scratch[Symbol.dispose]());

describe.skipIf(missing.length > 0)(`the package for Node (needs ${missing.join(", ") || "nothing more"})`, () => {
  beforeAll(async () => {
    await mkdir(project);
    await run(ROOT, [process.execPath, "run", "--filter", "@sluice/client", "build:node"]);
    await using registry = await serveInstalledPackages();
    const npm = ["--registry", registry.url, "--cache", join(scratch.path, "npm"), "--no-audit", "--no-fund"];
    await run(DIST, ["npm", "pack", "--pack-destination", scratch.path, ...npm]);
    const tarball = (await readdir(scratch.path)).find((name) => name.endsWith(".tgz")) ?? "";
    await writeFile(join(project, "package.json"), JSON.stringify({ name: "project", type: "module" }));
    const packages = [join(scratch.path, tarball), "@types/node"];
    await run(project, ["npm", "install", ...packages, ...npm]);
  }, 120_000);

  test("names nothing that only this checkout has", async () => {
    const installed = join(project, "node_modules/@sluice/client");
    const manifest = (await Bun.file(join(installed, "package.json")).json()) as Record<string, unknown>;
    expect(Object.keys(manifest["dependencies"] as object)).toEqual(["tar-stream", "yauzl", "zod"]);
    expect(JSON.stringify(manifest)).not.toMatch(/workspace:|catalog:|"private"/);
    expect((await readdir(installed)).toSorted()).toEqual([
      "LICENSE",
      "README.md",
      "index.js",
      "package.json",
      "types",
    ]);
    for await (const path of new Bun.Glob("**/*.{js,ts}").scan({ cwd: installed, absolute: true })) {
      expect(await Bun.file(path).text()).not.toMatch(/\b(from |import\()"(@sluice\/|bun)|\bBun\./);
    }
  });

  test("the example of its README compiles, without the types of Node too", async () => {
    const readme = await Bun.file(join(DIST, "README.md")).text();
    const examples = Array.from(readme.matchAll(/^```ts\n(.*?)^```$/gms), ([, text = ""]) => text);
    expect(examples.length).toBeGreaterThan(0);
    const names = examples.map((_, index) => `example-${index}.ts`);
    await Promise.all(names.map((name, index) => writeFile(join(project, name), examples[index] ?? "")));
    await compile(names, { types: [] });
  }, 60_000);

  test("a program compiles, and does its work under Node and under Bun", async () => {
    await copyFile(join(import.meta.dir, "programs/package-program.mts"), join(project, "program.mts"));
    await compile(["program.mts"], { types: ["node"], lib: ["ES2023"] });
    const documents = join(scratch.path, "documents");
    await mkdir(documents);
    await writeFile(join(documents, "one.pdf"), makePdf({ pages: ["one"] }));
    await writeFile(join(documents, "two.pdf"), makePdf({ pages: ["two"] }));
    const archive = join(scratch.path, "papers.zip");
    await writeFile(archive, zipOf([{ name: "three.pdf", bytes: Buffer.from(makePdf({ pages: ["three"] })) }]));
    await using cluster = await startTestCluster({
      coordinatorEnvironment: { SLUICE_BLOBS: join(scratch.path, "blobs") },
    });
    for (const program of [Bun.which("node") ?? "node", process.execPath]) {
      const args = [cluster.url, cluster.adminToken, documents, archive];
      const printed = await run(project, [program, "program.mjs", ...args], { PATH: "/nonexistent" });
      expect(JSON.parse(printed)).toEqual({
        documents: 2,
        failed: ["UNSUPPORTED_FORMAT"],
        paths: ["upload:papers.zip#/three.pdf"],
        progress: 1,
        refused: "401 UNAUTHORIZED true",
        withoutServer: expect.stringMatching(/^START_FAILED: .*no command sluice .*Bun.*`server`/),
        wrong: ["function", "string", "undefined"],
      });
    }
  }, 120_000);
});

/** Strictly, by Node's rules, the declarations of all libraries too. */
async function compile(files: readonly string[], options: { types: string[]; lib?: string[] }): Promise<void> {
  const compilerOptions = {
    module: "NodeNext",
    moduleResolution: "NodeNext",
    target: "ES2022",
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    ...options,
  };
  await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  await run(project, [TSC, "-p", "."]);
}

/** What it printed; fails with all that it said when it did not end well. */
async function run(cwd: string, command: string[], env: Record<string, string> = {}): Promise<string> {
  const path = [dirname(process.execPath), process.env["PATH"] ?? ""].join(":");
  const child = Bun.spawn(command, {
    cwd,
    stdout: "pipe",
    stderr: "pipe",
    env: { PATH: path, HOME: scratch.path, ...env },
  });
  const [stdout, stderr, exit] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  if (exit !== 0) throw new Error(`${command.join(" ")} ended with ${exit}:\n${stdout}\n${stderr}`);
  return stdout;
}
