import { hostname } from "node:os";
import { SluiceClient } from "@sluice/client";
import { PROTOCOL_VERSION, type WorkerRegistration } from "@sluice/contracts";
import { createLogger, handleError, notFound, type RunningApp, startServer } from "@sluice/serverkit";
import { Hono } from "hono";
import type { Config } from "./config.ts";
import { ExtractorPool } from "./extractors/pool/extractor-pool.ts";
import { advertisedAddress } from "./registration/advertised-address.ts";
import { type CoordinatorCalls, Registrar } from "./registration/registrar.ts";
import { healthRoutes } from "./routes/health-routes.ts";
import { shardRoutes } from "./routes/shard-routes.ts";
import { ShardDesk } from "./shards/shard-desk.ts";

// Ten thousand items with 64 known hashes each, and a taxonomy.
const MAX_BODY_BYTES = 64 << 20;
// Shards are a few seconds of work; the supervisor waits 10 s for the whole stop.
const DRAIN_MS = 7_000;

/** Starts a worker: children, server, registrations. Stopping lets running shards end first. */
export async function startWorker(config: Config): Promise<RunningApp> {
  const logger = createLogger({ name: "worker", level: config.logLevel });
  const { slots, extractor, fileRoots, recycleDocuments, recycleRssMb } = config;
  const pool = new ExtractorPool({ slots, extractor, fileRoots, recycleDocuments, recycleRssMb, logger });
  const engineVersion = await pool.start();
  const desk = new ShardDesk({ pool, engineVersion, logger });
  const dispatchToken = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");

  const app = new Hono();
  app.onError(handleError(logger));
  app.notFound(notFound);
  app.route("/", healthRoutes(pool, desk));
  app.route("/", shardRoutes(desk, dispatchToken));
  const { host, port, insecure } = config;
  const server = startServer({ fetch: app.fetch, host, port, insecure, maxBodyBytes: MAX_BODY_BYTES });

  const identity = {
    protocol: PROTOCOL_VERSION,
    workerId: Bun.randomUUIDv7(),
    address: config.advertise ?? advertisedAddress(server.url, host),
    slots,
    engineVersion,
    classifiers: ["rules"],
    host: hostname(),
    pid: process.pid,
    dispatchToken,
  };
  const registrar = new Registrar({
    coordinators: config.coordinators.map((url) => coordinatorCalls(url, config.token)),
    registration: (): WorkerRegistration => ({
      ...identity,
      busySlots: Math.min(slots, pool.stats.busy + pool.stats.lost),
    }),
    logger,
  });
  registrar.start();
  logger.info({ url: server.url, slots, engineVersion }, "worker ready");

  return {
    url: server.url,
    stop: async () => {
      // Off the lists first: no coordinator sends what would be refused.
      await registrar.stop();
      await desk.close(DRAIN_MS);
      await server.stop({ force: true });
      await pool.stop();
    },
  };
}

function coordinatorCalls(url: string, token: string): CoordinatorCalls {
  const client = new SluiceClient({ baseUrl: url, token });
  return {
    url,
    register: (registration) => client.registerWorker(registration),
    unregister: (workerId) => client.unregisterWorker(workerId),
  };
}
