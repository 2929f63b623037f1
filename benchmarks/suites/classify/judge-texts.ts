import { join } from "node:path";
import { classificationSchema, type Classification } from "@sluice/contracts";
import { z } from "zod";

const PROGRAM = join(import.meta.dir, "../../../apps/worker/src/judge-texts.ts");
/** As an extractor bounds what it judges. */
const MAX_CHARS = 16_384;

export interface TextToJudge {
  readonly pages: readonly string[];
  readonly landscape?: boolean;
}

export interface Judgement {
  readonly answers: readonly Classification[];
  /** Of the judging alone: no start, no JSON. */
  readonly cpuSeconds: number;
}

const lastLine = z.object({ documents: z.number(), cpuSeconds: z.number() });

/** Labels texts by the rules of the worker, in a process of its own. @param taxonomyFile null: the built-in taxonomy */
export async function judgeTexts(texts: readonly TextToJudge[], taxonomyFile: string | null): Promise<Judgement> {
  const command = [process.execPath, PROGRAM, ...(taxonomyFile === null ? [] : [taxonomyFile])];
  const input = texts.map((text) => `${JSON.stringify({ ...text, pages: bounded(text.pages) })}\n`).join("");
  const child = Bun.spawn(command, { stdin: Buffer.from(input), stdout: "pipe", stderr: "pipe" });
  const [output, complaint] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  if ((await child.exited) !== 0) throw new Error(`The rules ended with ${child.exitCode}: ${complaint}`);
  const lines = output.trimEnd().split("\n");
  const { cpuSeconds } = lastLine.parse(JSON.parse(lines.pop() ?? ""));
  return { answers: lines.map((line) => classificationSchema.parse(JSON.parse(line))), cpuSeconds };
}

/** The label whatever its confidence: below the mark it is the runner-up. */
export function likeliest({ category, runnerUp }: Classification): string | null {
  return category ?? runnerUp?.category ?? null;
}

function bounded(pages: readonly string[]): string[] {
  let left = MAX_CHARS;
  return pages.map((page) => {
    const text = page.slice(0, left);
    left -= text.length;
    return text;
  });
}
