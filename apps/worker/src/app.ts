import { hostname } from "node:os";
import { SluiceClient } from "@sluice/client";
import { AppError, PROTOCOL_VERSION, type WorkerRegistration } from "@sluice/contracts";
import {
  bearerToken,
  createLogger,
  handleError,
  healthRoutes,
  type Logger,
  metricsRoutes,
  notFound,
  Readiness,
  type RunningApp,
  sameSecret,
  securityHeaders,
  startServer,
} from "@sluice/serverkit";
import { Hono, type MiddlewareHandler } from "hono";
import { type FetchModel, ModelShelf } from "./classifiers/model/model-shelf.ts";
import { MODEL_VERSION } from "./classifiers/model/model-version.ts";
import type { LlmConfig } from "./classifiers/llm/llm-variables.ts";
import type { Config } from "./config.ts";
import { ExtractorPool } from "./extractors/pool/extractor-pool.ts";
import { readyChecks } from "./health/ready-checks.ts";
import { LabelDesk } from "./labels/label-desk.ts";
import { cascadeLabeller } from "./labels/cascade-labeller.ts";
import { LlmLabeller } from "./labels/llm-labeller.ts";
import { modelLabeller, modelLoader } from "./labels/model-labeller.ts";
import { rulesLabeller } from "./labels/rules-labeller.ts";
import { WorkerMetrics } from "./metrics/worker-metrics.ts";
import { RULES_VERSION } from "./classifiers/rules/rules-version.ts";
import { advertisedAddress } from "./registration/advertised-address.ts";
import { type CoordinatorCalls, Registrar } from "./registration/registrar.ts";
import { shardRoutes } from "./routes/shard-routes.ts";
import { ShardDesk } from "./shards/shard-desk.ts";

// Ten thousand items with 64 known hashes each, and a taxonomy.
const MAX_BODY_BYTES = 64 << 20;
// Shorter than a registration lives: a coordinator whose host was lost is asked again before it has forgotten this worker.
const REGISTER_TIMEOUT_MS = 4_000;
// Beside the time that shards have: leaving the lists, and a last look of slow readers at what was handed back.
const STOP_MARGIN_MS = 3_000;
const FLUSH_MS = 500;

/** Starts a worker: children, server, registrations. Stopping lets running shards end, or hands them back. */
export async function startWorker(config: Config): Promise<RunningApp> {
  const logger = createLogger({ name: "worker", level: config.logLevel });
  const { slots, extractor, fileRoots, recycleDocuments, recycleRssMb } = config;
  const sources = { remote: config.remote, coordinators: config.coordinators };
  const metrics = new WorkerMetrics();
  const onEnd = metrics.extractorEnded.bind(metrics);
  const given = { slots, extractor, fileRoots, sources, recycleDocuments, recycleRssMb };
  const pool = new ExtractorPool({ ...given, logger, onEnd });
  const engineVersion = await pool.start();
  const models = new ModelShelf({ folder: config.modelDir, fetch: modelFetcher(config) });
  const desk = new ShardDesk({ pool, engineVersion, models, logger, metrics });
  const load = modelLoader(models);
  const always = [rulesLabeller(), modelLabeller(load)];
  const llm = config.llm === null ? null : openLlmLabeller(config.llm, logger);
  const labels = new LabelDesk({
    labellers: () => [...always, ...(llm?.labellers ?? []).flatMap((one) => [one, cascadeLabeller(load, one)])],
    logger,
    metrics,
  });
  const dispatchToken = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");

  const standing = () => registrar.standing;
  const readiness = new Readiness(readyChecks({ pool, engineVersion, standing }));
  metrics.watch({ pool, engineVersion, standing, draining: () => readiness.draining });

  const app = new Hono();
  app.use("*", metrics.middleware());
  app.use("*", securityHeaders({ tls: config.tls !== null }));
  app.onError(handleError(logger));
  app.notFound(notFound());
  app.route("/", healthRoutes({ readiness, loop: metrics.loop, facts: () => pool.stats }));
  app.route("/", metricsRoutes(metrics, onlyWith(config.metricsToken)));
  app.route("/", shardRoutes({ shards: desk, labels }, dispatchToken));
  const { host, port, insecure, tls } = config;
  const server = startServer({ fetch: app.fetch, host, port, insecure, tls, logger, maxBodyBytes: MAX_BODY_BYTES });

  const identity = {
    protocol: PROTOCOL_VERSION,
    workerId: Bun.randomUUIDv7(),
    address: config.advertise ?? advertisedAddress(server.url, host),
    engineVersion,
    host: hostname(),
    pid: process.pid,
    dispatchToken,
  };
  const registrar = new Registrar({
    coordinators: config.coordinators.map((url) => coordinatorCalls(url, config.token)),
    registration: (): WorkerRegistration => {
      const { busy, lost } = pool.stats;
      // A slot whose extractor cannot be killed is none, until the kernel lets go of it.
      const usable = Math.max(1, slots - lost);
      return {
        ...identity,
        slots: usable,
        busySlots: lost >= slots ? usable : Math.min(usable, busy),
        ...judges(labels),
      };
    },
    logger,
    onDrain: () => {
      draining ??= drain();
    },
  });
  let draining: Promise<void> | null = null;
  const drain = async (): Promise<void> => {
    logger.info({ running: desk.running }, "asked to drain: no more shards");
    readiness.drain();
    await Promise.all([desk.drain(), labels.drain()]);
    await registrar.stop();
    logger.info("drained; it can be stopped");
  };
  // What it judges by is known when it is first announced: a batch may be waiting for just that.
  await llm?.start();
  registrar.start();
  logger.info({ url: server.url, slots, engineVersion }, "worker ready");

  return {
    url: server.url,
    stopTimeoutMs: config.drainMs + STOP_MARGIN_MS,
    stop: async () => {
      readiness.drain();
      logger.info({ running: desk.running, drainMs: config.drainMs }, "worker stops");
      // Both at once: what a coordinator sends before it hears of the stop is refused, which costs a shard nothing.
      await Promise.all([registrar.stop(), desk.close(config.drainMs), labels.close(config.drainMs)]);
      // What was handed back has to reach its reader, or the reader would take this for a death.
      await Promise.race([server.stop(), Bun.sleep(FLUSH_MS)]);
      await server.stop({ force: true });
      await Promise.all([pool.stop(), llm?.stop()]);
      metrics[Symbol.dispose]();
    },
  };
}

/** What it announces that it judges by: rules where it reads, and all that judges stored text. */
function judges(labels: LabelDesk): Pick<WorkerRegistration, "classifiers" | "labellers"> {
  const { announced } = labels;
  return {
    classifiers: [...new Set([RULES_VERSION, MODEL_VERSION, ...announced.map(({ classifier }) => classifier)])],
    labellers: announced,
  };
}

/** From whichever coordinator has an answer. */
function modelFetcher({ coordinators, token }: Config): FetchModel {
  const clients = coordinators.map((baseUrl) => new SluiceClient({ baseUrl, token }));
  return (model) => Promise.any(clients.map((client) => client.readModel(model)));
}

function openLlmLabeller({ maxConcurrent, ...llm }: LlmConfig, logger: Logger): LlmLabeller {
  return new LlmLabeller({ ...llm, most: maxConcurrent, logger });
}

function onlyWith(secret: string): MiddlewareHandler {
  return async (context, next) => {
    const token = bearerToken(context.req.header("authorization"));
    if (token === null || !sameSecret(token, secret)) {
      throw new AppError("UNAUTHORIZED", "This is not the token for the metrics of this worker.");
    }
    await next();
  };
}

function coordinatorCalls(url: string, token: string): CoordinatorCalls {
  const client = new SluiceClient({ baseUrl: url, token, timeoutMs: REGISTER_TIMEOUT_MS });
  return {
    url,
    register: (registration) => client.registerWorker(registration),
    unregister: (workerId) => client.unregisterWorker(workerId),
  };
}
