/** docs/remote.md, run as it stands: its blocks in one shell, against a real coordinator, on the sample documents. */
import { afterAll, describe, expect, test } from "bun:test";
import { chmod, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startTestCluster, temporaryFolder } from "@sluice/testkit";

const ROOT = resolve(import.meta.dir, "../../../..");
const page = await Bun.file(join(ROOT, "docs/remote.md")).text();

interface Block {
  readonly language: string;
  readonly text: string;
}
const blocks: Block[] = Array.from(page.matchAll(/^```(\w+)\n(.*?)^```$/gms), ([, language = "", text = ""]) => ({
  language,
  text,
}));
const missing = ["bash", "curl", "jq", "column"].filter((name) => Bun.which(name) === null);

test("the programs in the page are the ones that run", async () => {
  const programs = blocks.filter(({ language }) => language === "ts").map(({ text }) => text);
  const files = ["remote-session.ts", "upload-session.ts"].map((name) => Bun.file(join(ROOT, "docs/examples", name)));
  expect(programs).toEqual(await Promise.all(files.map((file) => file.text())));
});

describe.skipIf(missing.length > 0)(
  `the sessions of docs/remote.md (needs ${missing.join(", ") || "nothing more"})`,
  () => {
    const scratch = temporaryFolder();
    afterAll(() => scratch[Symbol.dispose]());

    test("print what the page says", async () => {
      await using cluster = await startTestCluster({
        coordinatorEnvironment: { SLUICE_BLOBS: join(scratch.path, "uploads") },
      });
      const bin = await folderWithPrograms(scratch.path);
      const cases = blocks.flatMap((block, index) =>
        block.language === "sh" ? [{ script: block.text, expected: blocks[index + 1] }] : [],
      );
      expect(cases.length).toBeGreaterThan(6);
      // One shell for all of them, as they share variables; a line of its own between their outputs.
      const mark = "----- end of a block -----";
      const script = cases.map((each) => `${each.script}\necho "${mark}"`).join("\n");
      const child = Bun.spawn(["bash", "--norc", "-eu", "-o", "pipefail", "-c", script], {
        cwd: scratch.path,
        stdout: "pipe",
        stderr: "pipe",
        env: {
          PATH: `${bin}:${process.env["PATH"] ?? ""}`,
          HOME: scratch.path,
          LANG: "C.UTF-8",
          SLUICE_SERVER: cluster.url,
          SLUICE_TOKEN: cluster.adminToken,
          DOCUMENTS: join(ROOT, "packages/testkit/samples/documents"),
        },
      });
      const [stdout, stderr, exit] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
      const outputs = stdout.split(`${mark}\n`);
      for (const [index, { script: text, expected }] of cases.entries()) {
        if (expected?.language !== "text") throw new Error(`no output is given for:\n${text}`);
        const printed = outputs[index] ?? `(nothing: the session ended with ${exit}) ${stderr}`;
        if (!patternOf(expected.text).test(printed)) expect(`${text}\n${printed}`).toBe(`${text}\n${expected.text}`);
      }
      expect(exit).toBe(0);
    }, 120_000);
  },
);

/** `…` is anything within a line. */
function patternOf(text: string): RegExp {
  const lines = text.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${lines.join(".*")}$`);
}

/** `sluice` as an installation has it, and what the page's paths need. */
async function folderWithPrograms(folder: string): Promise<string> {
  const program = join(folder, "sluice");
  await writeFile(program, `#!/bin/sh\nexec ${process.execPath} ${join(ROOT, "apps/cli/src/main.ts")} "$@"\n`);
  await chmod(program, 0o755);
  await symlink(process.execPath, join(folder, "bun"));
  await symlink(join(ROOT, "docs"), join(folder, "docs"));
  return folder;
}
