/**
 * Reads one item as a worker would: the same pool, the same child, the same limits. The request comes on stdin, the report
 * goes to stdout as one JSON line. Exit code 0 whatever the document does, 1 when it could not be tried.
 */
import { AppError, itemLineSchema, type ReplayReport, replayRequestSchema } from "@sluice/contracts";
import { createLogger } from "@sluice/serverkit";
import { readReplayConfig } from "./config.ts";
import { ExtractorPool } from "./extractors/pool/extractor-pool.ts";

try {
  process.stdout.write(`${JSON.stringify(await replay())}\n`);
} catch (error) {
  const known = error instanceof AppError ? error : new AppError("INTERNAL", String(error), { cause: error });
  process.stdout.write(`${JSON.stringify({ error: { code: known.code, message: known.message } })}\n`);
  process.exit(1);
}

async function replay(): Promise<ReplayReport> {
  const { settings, passwords, ...item } = replayRequestSchema.parse(await Bun.stdin.json());
  const logger = createLogger({ name: "replay", level: "silent" });
  const pool = new ExtractorPool({
    slots: 1,
    recycleDocuments: 1,
    recycleRssMb: 1_000_000,
    logger,
    ...readReplayConfig(),
  });
  try {
    const engineVersion = await pool.start();
    const lease = pool.acquire();
    if (lease === null) throw new AppError("BUSY", "The one slot of this process is taken.");
    const started = performance.now();
    for await (const { line } of lease.read([{ ...item, knownHashes: [] }], { ...settings, passwords })) {
      const answer = Buffer.concat(line);
      const read = itemLineSchema.parse(JSON.parse(answer.toString("utf8", 0, answer.indexOf("\n"))));
      const facts = {
        engineVersion,
        childRestarts: lease.childRestarts,
        cpuMs: read.cpuMs,
        seconds: (performance.now() - started) / 1_000,
      };
      if (read.outcome === "extracted") {
        const { contentHash, sourceVersion, pageCount, partial, needsOcr, classification } = read;
        const fine = { outcome: "extracted", code: null, message: null, page: null, evidence: null } as const;
        return { ...facts, ...fine, contentHash, sourceVersion, pages: pageCount, partial, needsOcr, classification };
      }
      if (read.outcome === "failed") {
        return {
          ...facts,
          outcome: "failed",
          code: read.code,
          message: read.message,
          page: read.page ?? null,
          evidence: read.evidence ?? null,
          contentHash: read.contentHash ?? null,
          sourceVersion: null,
          pages: null,
          partial: false,
          needsOcr: false,
          classification: null,
        };
      }
    }
    throw new AppError("INTERNAL", "The extractor gave no answer.");
  } finally {
    await pool.stop();
  }
}
