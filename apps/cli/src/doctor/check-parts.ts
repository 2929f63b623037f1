import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { access, constants, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SluiceClient, formatQuantity } from "@sluice/client";
import {
  dataDirLayout,
  openDataDir,
  postgresBinaries,
  startCoordinator,
  startPostgres,
  startWorker,
} from "@sluice/launcher";
import { errorFacts } from "../output/format-error.ts";
import { fail, type Finding, ok, warn } from "./finding.ts";

const DEFAULT_PORT = 7_080;

/**
 * Starts every part once, one after the other, and says how long each took. On the data directory when there is one, so
 * that its database is checked too; otherwise in a temporary folder, so that looking leaves nothing behind.
 */
export async function* checkParts(dataDir: string): AsyncGenerator<Finding, void, undefined> {
  yield await checkPort(DEFAULT_PORT);
  yield await attempt("PostgreSQL", async () => `binaries in ${dirname(postgresBinaries().postgres)}`);
  const exists = existsSync(dataDirLayout(dataDir).marker);
  if (!exists) yield await checkParent(dataDir);
  const home = exists ? dataDir : await mkdtemp(join(tmpdir(), "sluice-doctor-"));
  try {
    yield* startAll(home, exists);
  } finally {
    if (!exists) await rm(home, { recursive: true, force: true });
  }
}

async function* startAll(home: string, own: boolean): AsyncGenerator<Finding, void, undefined> {
  // Stopped in the opposite order, and however far it got.
  await using stack = new AsyncDisposableStack();
  const steps = startSteps(home, stack);
  for (const [name, step] of Object.entries(steps)) {
    const finding = await attempt(name, step);
    const inUse = finding.state === "fail" && finding.facts.startsWith("DATA_DIR_IN_USE");
    if (inUse) {
      yield warn(name, finding.facts, "It works for that process; stop it to have the parts checked.");
      return;
    }
    if (own || name !== "data folder") yield finding;
    if (finding.state === "fail") return;
  }
}

function startSteps(home: string, stack: AsyncDisposableStack): Record<string, () => Promise<string>> {
  const tokens = { admin: randomBytes(24).toString("base64url"), worker: randomBytes(24).toString("base64url") };
  const log = (part: string) => ({ file: join(dataDirLayout(home).logs, `${part}.log`) });
  let databaseUrl = "";
  let url = "";
  return {
    "data folder": async () => {
      stack.use(await openDataDir(home));
      return `${home} can be written`;
    },
    database: timed(async () => {
      const postgres = await startPostgres({ dataDir: home, exitWithParent: true });
      stack.defer(() => postgres.stop());
      databaseUrl = postgres.databaseUrl;
      return `PostgreSQL ${postgres.reused ? "was running" : "started"}`;
    }),
    coordinator: timed(async () => {
      const coordinator = await startCoordinator({ databaseUrl, tokens, log: log("coordinator") });
      stack.defer(() => coordinator.stop());
      url = coordinator.url;
      return "started, schema up to date";
    }),
    worker: timed(async () => {
      const worker = await startWorker({ coordinators: [url], token: tokens.worker, workers: 1, log: log("worker") });
      stack.defer(() => worker.stop());
      return "started";
    }),
    engine: async () => {
      const client = new SluiceClient({ baseUrl: url, token: tokens.admin });
      for (let tries = 0; tries < 100; tries += 1) {
        const [worker] = (await client.listWorkers()).filter(({ live }) => live);
        if (worker !== undefined) {
          return `version ${worker.engineVersion}, loaded and registered with ${formatQuantity(worker.slots, "slot")}`;
        }
        await Bun.sleep(50);
      }
      throw new Error("the worker did not register within five seconds");
    },
  };
}

function timed(step: () => Promise<string>): () => Promise<string> {
  return async () => {
    const startedMs = performance.now();
    const facts = await step();
    return `${facts} in ${Math.round(performance.now() - startedMs)} ms`;
  };
}

async function attempt(name: string, step: () => Promise<string>): Promise<Finding> {
  try {
    return ok(name, await step());
  } catch (error) {
    const { code, message, advice } = errorFacts(error);
    return fail(name, `${code}: ${message}`, advice);
  }
}

async function checkParent(dataDir: string): Promise<Finding> {
  let parent = dirname(dataDir);
  while (!existsSync(parent)) parent = dirname(parent);
  try {
    await access(parent, constants.W_OK | constants.X_OK);
    return ok("data folder", `${dataDir} will be made at the first run`);
  } catch {
    return fail("data folder", `${parent} cannot be written`, "Choose another --data-dir, or correct its permissions.");
  }
}

async function checkPort(port: number): Promise<Finding> {
  const free = await new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
  if (free) return ok("port", `${port} is free for \`up\``);
  return warn("port", `${port} is taken`, "`classify` does not need it; for `up`, choose another with --port.");
}
