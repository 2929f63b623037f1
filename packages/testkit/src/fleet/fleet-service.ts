import type { FleetHost } from "./fleet-network.ts";
import type { RunningProcess } from "./fleet-part.ts";

/** A server that is none of Sluice, and that coordinators and workers reach: an S3 server, a receiver of webhooks. */
export interface FleetService {
  /** Of its host and its part. */
  readonly name: string;
  /** `at`: `HOST:PORT` where it is to listen. Resolves when it does. */
  start(options: { at: string; host: FleetHost; signal: AbortSignal }): Promise<RunningProcess>;
  /** What coordinators and workers are told of it. `address`: `HOST:PORT` where they reach it. */
  environment(address: string): Readonly<Record<string, string>>;
}
