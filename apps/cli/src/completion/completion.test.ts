/** The scripts in the shells they are for. Where a shell is not installed, its part is skipped. */
import { describe, expect, test } from "bun:test";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { buildProgram } from "../arguments/build-program.ts";
import { bashScript } from "./bash-script.ts";
import { commandTree, flattenCommands } from "./command-tree.ts";
import { fishScript } from "./fish-script.ts";
import { zshScript } from "./zsh-script.ts";

const tree = commandTree(buildProgram(() => Promise.resolve()) as unknown as Command);

/** What is typed, and what a shell must propose for it. */
const CASES: [typed: string, proposed: string[]][] = [
  ["sluice re", ["reclassify", "replay", "results", "resume", "retry"]],
  ["sluice status --wa", ["--watch"]],
  ["sluice results latest --format ", ["csv", "jsonl", "markdown", "parquet", "text"]],
  ["sluice --config mine.yaml db st", ["start", "stop"]],
  ["sluice completion ", ["bash", "fish", "zsh"]],
  ["sluice audit la", ["latest"]],
  ["sluice submit a b report", ["report one.pdf"]],
];

async function run(command: string[], options: { cwd: string; input?: string }): Promise<string> {
  const child = Bun.spawn(command, {
    cwd: options.cwd,
    stdin: new Blob([options.input ?? ""]),
    stdout: "pipe",
    stderr: "pipe",
    env: { PATH: process.env["PATH"] ?? "", HOME: options.cwd, LANG: "C.UTF-8", TERM: "xterm" },
  });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  expect(stderr).toBe("");
  return stdout;
}

/** A folder with the script and a file to complete. */
async function folderWith(script: string) {
  const path = await mkdtemp(join(tmpdir(), "sluice-completion-"));
  await writeFile(join(path, "script"), script);
  await writeFile(join(path, "report one.pdf"), "");
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

test("a flag takes a value in every command or in none: the bash script counts on it", () => {
  const takes = new Map<string, boolean>();
  for (const { path, syntax } of flattenCommands(tree)) {
    for (const { flags, value } of syntax.options) {
      for (const flag of flags) {
        expect(`${path} ${flag}: ${value !== null}`).toBe(`${path} ${flag}: ${takes.get(flag) ?? value !== null}`);
        takes.set(flag, value !== null);
      }
    }
  }
});

describe.skipIf(Bun.which("bash") === null)("bash", () => {
  test.each([...CASES, ["sluice results latest --format=c", ["csv"]] as [string, string[]]])(
    "%s",
    async (typed, proposed) => {
      await using folder = await folderWith(bashScript(tree));
      // As bash splits a line: "=" is a word of its own.
      const words = typed.replaceAll("=", " = ").split(" ");
      const input = `source ./script
      COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}
      _sluice; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const lines = (await run(["bash", "--norc"], { cwd: folder.path, input })).trim().split("\n");
      expect(lines.toSorted()).toEqual(proposed);
    },
  );

  test("evaluates nothing of what has been typed", async () => {
    await using folder = await folderWith(bashScript(tree));
    const input = `source ./script
      COMP_WORDS=(sluice classify '$(touch evil)' '\`touch evil\`' re); COMP_CWORD=4; _sluice; ls`;
    expect(await run(["bash", "--norc"], { cwd: folder.path, input })).not.toContain("evil");
  });
});

describe.skipIf(Bun.which("fish") === null)("fish", () => {
  test.each(CASES)("%s", async (typed, proposed) => {
    await using folder = await folderWith(fishScript(tree));
    const script = `source script; complete -C '${typed}'`;
    const output = await run(["fish", "--no-config", "-c", script], { cwd: folder.path });
    const lines = output.trim().split("\n");
    const words = lines.map((line) => line.split("\t")[0]?.replaceAll("\\ ", " ") ?? "");
    expect(words.toSorted()).toEqual(proposed);
  });
});

describe.skipIf(Bun.which("zsh") === null)("zsh", () => {
  test.each(CASES)("%s", async (typed, proposed) => {
    await using folder = await folderWith(zshScript(tree));
    // Completion happens in the line editor alone, so that there must be a terminal: zsh brings one along.
    const input = `
      zmodload zsh/zpty; zpty shell 'zsh -f -i'
      zpty -w shell "autoload -Uz compinit; compinit -u -D; source ./script; print LOA''DED"
      seen=; while [[ $seen != *LOADED* ]]; do zpty -r shell text && seen+=$text; done
      zpty -w -n shell ${JSON.stringify(typed)}$'\\t'
      text=; for i in {1..30}; do sleep 0.05; while zpty -r -t shell more; do text+=$more; done; done
      print -r -- "$text"; zpty -d shell`;
    const output = (await run(["zsh", "-f"], { cwd: folder.path, input })).replaceAll("\\ ", " ");
    for (const word of proposed) expect(output).toContain(word);
    expect(output).not.toContain("version");
  });
});
