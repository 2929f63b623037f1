import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { SluiceClient } from "@sluice/client";
import { startCoordinator, startPostgres, startWorker } from "@sluice/launcher";
import { Client } from "pg";
import { type ProxyProcess, type RemoteProxy, startProxyProcess } from "../proxy/proxy-process.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { waitUntil } from "../wait-until.ts";
import type { FleetHost, FleetNetwork } from "./fleet-network.ts";
import { FleetPart, type FleetPartKind } from "./fleet-part.ts";
import type { FleetService } from "./fleet-service.ts";
import { keepablePort } from "./keepable-port.ts";
import { openNetwork } from "./open-network.ts";

export interface FleetOptions {
  network: FleetNetwork["kind"];
  /** Keeps the database and all logs; made when it is not there, and left. */
  folder: string;
  /** Folders that workers may read below. */
  fileRoots: readonly string[];
  coordinators?: number;
  workers?: number;
  /** Extractors of each worker; default 1. */
  slots?: number;
  /** Another extractor module than the native addon. */
  extractor?: string;
  /** false: coordinators reach PostgreSQL without a proxy between, for what only a cable can do. */
  databaseProxy?: boolean;
  logLevel?: string;
  postgresSettings?: Readonly<Record<string, string>>;
  coordinatorEnvironment?: Readonly<Record<string, string>>;
  workerEnvironment?: Readonly<Record<string, string>>;
  /** Servers that the fleet reaches, each on a host of its own under its name, which is also its part's. */
  services?: readonly FleetService[];
  /** A part ended, or could not start, without having been told to; it is started again. */
  onDeath?: (part: string, how: unknown) => void;
}

/** The way from one host to a service, with a proxy on it. `*`: from everywhere. */
export interface FleetEdge {
  readonly from: string;
  readonly to: string;
  readonly proxy: RemoteProxy;
}

export interface Fleet extends AsyncDisposable {
  readonly network: FleetNetwork;
  readonly postgres: FleetPart;
  readonly coordinators: readonly FleetPart[];
  readonly workers: readonly FleetPart[];
  /** All of them. */
  readonly parts: readonly FleetPart[];
  readonly edges: readonly FleetEdge[];
  /** `HOST:PORT` at which everybody reaches a service, by way of its proxy. */
  serviceAddress(name: string): string;
  readonly adminToken: string;
  /** The host for processes of clients, and where they find the coordinators. */
  readonly clientHost: FleetHost;
  readonly clientUrls: readonly string[];
  /** One for each coordinator, for this process, by way of the client host. */
  readonly clients: readonly SluiceClient[];
  /** The same for another token. */
  clientsWith(token: string): SluiceClient[];
  part(name: string): FleetPart;
  edge(from: string, to: string): FleetEdge;
  /** Pulls the cable of a host. On loopback the proxies of its edges fall silent instead. */
  cut(host: string): Promise<void>;
  mend(host: string): Promise<void>;
  /** null: no limit. */
  limit(host: string, kilobitsPerSecond: number | null): Promise<void>;
  /** Runs one statement on a connection of its own, past every fault but those of PostgreSQL itself. */
  query<Row extends Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** A connection of its own, for what holds a lock. The caller ends it. */
  connect(): Promise<Client>;
  /** Returns when everything is up and every worker known. */
  whenReady(timeoutMs?: number): Promise<void>;
}

const POSTGRES_PORT = 5432;
const COORDINATOR_PORT = 7080;
const WORKER_PORT = 7090;
const SERVICE_PORT = 7100;
const CLIENT = "client";
const POSTGRES = "postgres";
/** A recovery after a crash, on a machine that is busy with recoveries. */
const POSTGRES_START_MS = 30_000;

/**
 * A whole fleet on one machine: a PostgreSQL, coordinators and workers, each on a host of its own, with a proxy on every
 * way between them. Everything goes with its scope (`await using`), but for its folder.
 */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const coordinatorNames = numbered("coordinator", options.coordinators ?? 2);
  const workerNames = numbered("worker", options.workers ?? 4);
  const stack = new AsyncDisposableStack();
  try {
    const network = stack.use(
      await openNetwork(options.network, [
        POSTGRES,
        ...coordinatorNames,
        ...workerNames,
        ...(options.services ?? []).map(({ name }) => name),
        CLIENT,
      ]),
    );
    return await assemble(options, network, { coordinatorNames, workerNames }, stack);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
}

async function assemble(
  options: FleetOptions,
  network: FleetNetwork,
  { coordinatorNames, workerNames }: { coordinatorNames: readonly string[]; workerNames: readonly string[] },
  stack: AsyncDisposableStack,
): Promise<Fleet> {
  const { folder } = options;
  const dataDir = join(folder, "postgres");
  const logs = join(folder, "logs");
  mkdirSync(logs, { recursive: true });
  // The path of a socket has at most 107 bytes, and the fleet's own folder may lie deep.
  const gate = stack.use(temporaryFolder()).path;
  const adminToken = randomToken();
  const workerToken = randomToken();

  const proxies = new ProxyHosts(network, stack);
  const port = async (fixed: number) => (network.kind === "namespaces" ? fixed : await keepablePort());
  const postgresHost = network.host(POSTGRES);
  const postgresPort = await port(POSTGRES_PORT);
  const postgresAddress = `${postgresHost.address}:${postgresPort}`;
  const edges: FleetEdge[] = [];
  const addEdge = async (from: string, to: string, target: string) => {
    const proxy = await proxies.on(to).open({ listen: `${network.host(to).address}:${await port(0)}`, target });
    edges.push({ from, to, proxy });
    return proxy.address;
  };

  let databaseUrl = "";
  const parts: FleetPart[] = [];
  const add = (
    name: string,
    kind: FleetPartKind,
    start: (signal: AbortSignal) => ReturnType<typeof startCoordinator>,
  ) => addPart({ name, kind, start });
  const addPart = (part: Pick<ConstructorParameters<typeof FleetPart>[0], "name" | "kind" | "start">) => {
    const made = new FleetPart({
      ...part,
      host: network.host(part.name),
      onListening: async (listening) => {
        await Promise.all(edges.filter(({ to }) => to === part.name).map(({ proxy }) => proxy.setListening(listening)));
      },
      onDeath: (name, how) => options.onDeath?.(name, how),
    });
    parts.push(made);
    return made;
  };

  const postgres = addPart({
    name: POSTGRES,
    kind: "postgres",
    start: async () =>
      await startPostgres({
        dataDir,
        exitWithParent: true,
        port: postgresPort,
        commandPrefix: postgresHost.commandPrefix,
        timeoutMs: POSTGRES_START_MS,
        ...(network.kind === "namespaces"
          ? { network: { address: postgresHost.address, clients: network.subnet } }
          : {}),
        ...(options.postgresSettings === undefined ? {} : { settings: options.postgresSettings }),
        onAddress: (url) => {
          databaseUrl = url;
        },
      }),
  });

  const serviceAddresses = new Map<string, string>();
  const serviceEnvironment: Record<string, string> = {};
  for (const service of options.services ?? []) {
    const host = network.host(service.name);
    const at = `${host.address}:${await port(SERVICE_PORT)}`;
    const address = await addEdge("*", service.name, at);
    serviceAddresses.set(service.name, address);
    Object.assign(serviceEnvironment, service.environment(address));
    const { name } = service;
    addPart({ name, kind: "service", start: (signal) => service.start({ at, host, signal }) });
  }

  const coordinatorPorts = new Map<string, number>();
  for (const name of coordinatorNames) coordinatorPorts.set(name, await port(COORDINATOR_PORT));
  const coordinators: FleetPart[] = [];
  for (const name of coordinatorNames) {
    const host = network.host(name);
    const database = options.databaseProxy === false ? postgresAddress : await addEdge(name, POSTGRES, postgresAddress);
    coordinators.push(
      add(name, "coordinator", (signal) =>
        startCoordinator({
          databaseUrl: withHost(databaseUrl, database),
          host: host.address,
          port: coordinatorPorts.get(name),
          insecure: network.kind === "namespaces",
          tokens: { admin: adminToken, worker: workerToken },
          workerAddresses: `127.0.0.0/8,${network.subnet}`,
          spoolDir: folder,
          logLevel: options.logLevel,
          log: { file: join(logs, `${name}.log`) },
          environment: { ...serviceEnvironment, ...options.coordinatorEnvironment },
          commandPrefix: host.commandPrefix,
          signal,
        }),
      ),
    );
  }

  const workers: FleetPart[] = [];
  for (const name of workerNames) {
    const host = network.host(name);
    const ownPort = await port(WORKER_PORT);
    const urls: string[] = [];
    for (const coordinator of coordinatorNames) {
      const target = `${network.host(coordinator).address}:${coordinatorPorts.get(coordinator)}`;
      urls.push(`http://${await addEdge(name, coordinator, target)}`);
    }
    const advertised = await addEdge("*", name, `${host.address}:${ownPort}`);
    workers.push(
      add(name, "worker", (signal) =>
        startWorker({
          coordinators: urls,
          token: workerToken,
          workers: options.slots ?? 1,
          host: host.address,
          port: ownPort,
          advertise: `http://${advertised}`,
          insecure: network.kind === "namespaces",
          fileRoots: options.fileRoots,
          extractor: options.extractor,
          logLevel: options.logLevel,
          log: { file: join(logs, `${name}.log`) },
          environment: { ...serviceEnvironment, ...options.workerEnvironment },
          commandPrefix: host.commandPrefix,
          signal,
        }),
      ),
    );
  }

  const clientHost = network.host(CLIENT);
  const clientUrls: string[] = [];
  const doors: { name: string; address: string }[] = [];
  for (const name of coordinatorNames) {
    const target = `${network.host(name).address}:${coordinatorPorts.get(name)}`;
    const address = await addEdge(CLIENT, name, target);
    clientUrls.push(`http://${address}`);
    const door = await proxies.on(CLIENT).open({ listen: join(gate, name), target: address });
    doors.push({ name, address: door.address });
  }
  const clientsWith = (token: string) =>
    doors.map(
      ({ name, address }) =>
        new SluiceClient({
          baseUrl: `http://${name}`,
          token,
          timeoutMs: 10_000,
          fetch: Object.assign(
            (url: Parameters<typeof fetch>[0], init?: RequestInit) => fetch(url, { ...init, unix: address }),
            { preconnect: fetch.preconnect },
          ),
        }),
    );
  const clients = clientsWith(adminToken);
  await proxies.on(POSTGRES).open({ listen: join(gate, `.s.PGSQL.${POSTGRES_PORT}`), target: postgresAddress });

  const part = (name: string) =>
    found(
      parts.find((one) => one.name === name),
      name,
    );
  const touching = (host: string) => edges.filter(({ from, to }) => from === host || to === host);
  const connect = async () => {
    const url = new URL(databaseUrl);
    const client = new Client({
      host: gate,
      port: POSTGRES_PORT,
      user: url.username,
      password: decodeURIComponent(url.password),
      database: url.pathname.slice(1),
      connectionTimeoutMillis: 10_000,
      application_name: "testkit",
    });
    client.on("error", () => {});
    await client.connect();
    return client;
  };

  for (const one of parts) {
    if (one !== postgres) await closed(edges, one.name);
  }
  // Before the proxies and hosts that were made for them; the database last.
  stack.defer(async () => {
    await Promise.all(parts.filter((one) => one !== postgres).map((one) => one.stop()));
    await postgres.stop();
  });
  postgres.start();
  await postgres.whenUp();
  for (const one of parts) one.start();

  const fleet: Fleet = {
    network,
    postgres,
    coordinators,
    workers,
    parts,
    edges,
    serviceAddress: (name) => found(serviceAddresses.get(name), name),
    adminToken,
    clientHost,
    clientUrls,
    clients,
    clientsWith,
    part,
    edge: (from, to) =>
      found(
        edges.find((one) => one.from === from && one.to === to),
        `${from} to ${to}`,
      ),
    cut: async (host) => {
      const { link } = network.host(host);
      if (link !== null) await link.cut();
      else await Promise.all(touching(host).map(({ proxy }) => proxy.setTraffic({ silent: true })));
    },
    mend: async (host) => {
      const { link } = network.host(host);
      if (link !== null) await link.mend();
      else await Promise.all(touching(host).map(({ proxy }) => proxy.setTraffic({ silent: false })));
    },
    limit: async (host, kilobitsPerSecond) => {
      const { link } = network.host(host);
      const bytesPerSecond = kilobitsPerSecond === null ? null : kilobitsPerSecond * 125;
      if (link !== null) await link.limit(kilobitsPerSecond);
      else await Promise.all(touching(host).map(({ proxy }) => proxy.setTraffic({ bytesPerSecond })));
    },
    connect,
    query: async <Row extends Record<string, unknown>>(sql: string, values: unknown[] = []) => {
      const client = await connect();
      try {
        return (await client.query<Row>(sql, values)).rows;
      } finally {
        await client.end();
      }
    },
    whenReady: async (timeoutMs = 180_000) => {
      for (const one of parts) await one.whenUp(timeoutMs);
      for (const client of clients) {
        await waitUntil(
          `${client.baseUrl} knows every worker`,
          async () => {
            // It has had other lives, which may be remembered as live for a moment.
            const pids = new Set((await client.listWorkers()).filter(({ live }) => live).map(({ pid }) => pid));
            return workers.every(({ pid }) => pid !== null && pids.has(pid));
          },
          { timeoutMs, everyMs: 100 },
        );
      }
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
  return fleet;
}

/** The process of proxies of each host; on loopback one for all. */
class ProxyHosts {
  readonly #network: FleetNetwork;
  readonly #stack: AsyncDisposableStack;
  readonly #processes = new Map<string, ProxyProcess>();

  constructor(network: FleetNetwork, stack: AsyncDisposableStack) {
    this.#network = network;
    this.#stack = stack;
  }

  on(host: string): ProxyProcess {
    const { commandPrefix } = this.#network.host(host);
    const key = commandPrefix.join(" ");
    let made = this.#processes.get(key);
    if (made === undefined) {
      made = this.#stack.use(startProxyProcess(commandPrefix));
      this.#processes.set(key, made);
    }
    return made;
  }
}

/** Nothing runs there yet. */
async function closed(edges: readonly FleetEdge[], name: string): Promise<void> {
  await Promise.all(edges.filter(({ to }) => to === name).map(({ proxy }) => proxy.setListening(false)));
}

function found<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`the fleet has no ${name}`);
  return value;
}

function withHost(databaseUrl: string, address: string): string {
  const url = new URL(databaseUrl);
  url.host = address;
  return url.href;
}

function randomToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString("base64url");
}
