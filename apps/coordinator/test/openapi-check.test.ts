import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerAll, documentLine, sha256, startFakeWorker } from "./support/fake-worker.ts";
import { pythonTools, runTool } from "./support/python-tools.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, makeItems } from "./support/test-coordinator.ts";

const RUN_MS = 280_000;

const folder = mkdtempSync(join(tmpdir(), "sluice-openapi-"));
const cluster = useCoordinator({ SLUICE_BLOBS: join(folder, "blobs") });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const programs = await pythonTools("openapi", ["schemathesis==4.32.5"]);

// Streams of lines, which the program knows nothing of: each line is a value, and all are of one schema. What comes in such
// streams is checked elsewhere (`api.test.ts`, `exports.test.ts`).
const HOOKS = `
import json
import schemathesis

@schemathesis.serializer("application/x-ndjson")
def to_lines(ctx, value):
    return (json.dumps(value) + "\\n").encode()
`;

/** What there is, so that not every answer is NOT_FOUND; and what would take it away, or has no end, is left out. */
function settings(batchId: string, contentHash: string): string {
  return `
[parameters]
"path.id" = "${batchId}"
"path.otherId" = "${batchId}"
"path.ordinal" = 0
"path.contentHash" = "${contentHash}"
"path.pageNo" = 1

[[operations]]
include-path = "/v1/batches/{id}"
include-method = "DELETE"
enabled = false

[[operations]]
include-path-regex = "/events$"
enabled = false

[[operations]]
include-path-regex = "/v1/uploads/resumable"
enabled = false
`;
}

/** Requests by the thousand that the description allows, and as many that it does not, against a running server. */
test.skipIf(programs === null)(
  "schemathesis finds no answer that the description does not have, and no fault of the server",
  async () => {
    const { coordinator } = cluster;
    await using _worker = await startFakeWorker(coordinator, {
      answer: answerAll((item, request) => documentLine(item, request)),
    });
    const items = makeItems(3).map((item) => ({ ...item, uri: `file:///openapi/letter-${item.ordinal}` }));
    const batchId = await coordinator.submit(items);
    await coordinator.ended(batchId);
    writeFileSync(join(folder, "hooks.py"), HOOKS);
    writeFileSync(join(folder, "schemathesis.toml"), settings(batchId, sha256("letter-0")));
    const { stdout, exitCode } = await runTool(
      [
        join(programs ?? "", "schemathesis"),
        `--config-file=${join(folder, "schemathesis.toml")}`,
        "run",
        `${coordinator.url}/v1/openapi.json`,
        `--header=authorization: Bearer ${ADMIN}`,
        "--phases=coverage,fuzzing",
        "--max-examples=10",
        "--seed=1",
        "--checks=not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
        "--request-timeout=20",
        "--no-color",
      ],
      RUN_MS,
      // It keeps what it found beside where it runs.
      { cwd: folder, env: { SCHEMATHESIS_HOOKS: "hooks", PYTHONPATH: folder } },
    );
    const [, generated = "0"] = /(\d+) generated/.exec(stdout) ?? [];
    if (exitCode !== 0) process.stderr.write(stdout.slice(-8_000));
    expect([exitCode, Number(generated) > 1_000]).toEqual([0, true]);
  },
  RUN_MS + 20_000,
);
