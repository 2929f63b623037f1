import { AppError, isErrorCode, type ReplayReport, replayReportSchema, type ReplayRequest } from "@sluice/contracts";
import { z } from "zod";
import { appEntry } from "./app-entry.ts";
import { type Environment, partEnvironment } from "./part-environment.ts";

const answerSchema = z.union([
  replayReportSchema,
  z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
]);

/**
 * Reads one item again in a worker's pool of one, in a process of its own. Throws what kept it from being tried, such as
 * ADDON_MISSING; what the document does is in the report.
 */
export async function replayItem(options: {
  request: ReplayRequest;
  environment?: Environment;
  signal?: AbortSignal;
  appsDir?: string;
}): Promise<ReplayReport> {
  const entry = appEntry("worker", "replay-item.ts", options.appsDir);
  const child = Bun.spawn([process.execPath, "--no-env-file", entry], {
    stdin: new TextEncoder().encode(JSON.stringify(options.request)),
    stdout: "pipe",
    stderr: "inherit",
    env: partEnvironment(options.environment ?? {}),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const text = await child.stdout.text();
  await child.exited;
  options.signal?.throwIfAborted();
  const answer = answerSchema.safeParse(parseJson(text));
  if (!answer.success) throw new AppError("START_FAILED", "the process that was to read the item gave no report");
  if (!("error" in answer.data)) return answer.data;
  const { code, message } = answer.data.error;
  throw new AppError(isErrorCode(code) ? code : "INTERNAL", message);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
