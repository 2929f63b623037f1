import { connect, createServer, type Socket } from "node:net";
import { CommitWatch } from "./commit-watch.ts";
import { delayedPipe, type PipeTraffic } from "./delayed-pipe.ts";

/** `HOST:PORT` (port 0 when listening: any), or the path of a Unix socket. */
export type ProxyAddress = string;

export interface TcpProxyOptions {
  listen: ProxyAddress;
  target: ProxyAddress;
}

export interface TcpProxy extends AsyncDisposable {
  /** Where it listens. */
  readonly address: ProxyAddress;
  /** Connections open now. */
  readonly connections: number;
  /** COMMITs that reached the server while their answers did not come back. */
  readonly swallowed: number;
  /** From now on, also for connections that are open. */
  setTraffic(traffic: Partial<PipeTraffic>): void;
  /** Breaks every open connection, with a reset where the system lets us. */
  reset(): void;
  /** false: connections are refused from now on, as where nothing runs. Open ones stay. */
  setListening(listening: boolean): Promise<void>;
  /** The next so many COMMITs reach the server; their answers and their connections do not come back. */
  swallowCommits(count: number): void;
}

/** A TCP proxy that makes what it stands in front of late, slow, silent, broken, or forgetful of a COMMIT's answer. */
export async function tcpProxy(options: TcpProxyOptions): Promise<TcpProxy> {
  const traffic = { delayMs: 0, bytesPerSecond: null as number | null, silent: false };
  const pairs = new Set<{ client: Socket; upstream: Socket; wake: () => void }>();
  let toSwallow = 0;
  let swallowed = 0;

  /** What happened in a silence and is noticed when it ends: new connections, and ends of others. */
  const parked: (() => void)[] = [];

  const join = (client: Socket) => {
    const upstream = connect({ ...socketAddress(options.target), allowHalfOpen: true });
    const watch = new CommitWatch();
    let swallows = false;
    const toServer = delayedPipe(client, upstream, traffic, (chunk) => {
      if (watch.saw(chunk) && toSwallow > 0) {
        toSwallow -= 1;
        swallows = true;
      }
      return true;
    });
    const toClient = delayedPipe(upstream, client, traffic, () => {
      if (!swallows) return true;
      // The server has answered, so the transaction is stored; nobody hears of it.
      if (!client.destroyed) swallowed += 1;
      breakOff(client);
      upstream.destroy();
      return false;
    });
    const pair = {
      client,
      upstream,
      wake: () => {
        toServer();
        toClient();
      },
    };
    pairs.add(pair);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      // An error is followed by `close`.
      socket.on("error", () => undefined);
      socket.on("close", (failed) => {
        const tellOther = () => {
          pairs.delete(pair);
          if (failed) breakOff(other);
          else if (other.writable) other.end();
        };
        if (traffic.silent && !other.destroyed) parked.push(tellOther);
        else tellOther();
      });
    }
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (!traffic.silent) {
      join(client);
      return;
    }
    client.on("error", () => undefined);
    parked.push(() => {
      if (!client.destroyed) join(client);
    });
  });
  const listen = (at: ProxyAddress) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(socketAddress(at), () => {
        server.off("error", reject);
        resolve();
      });
    });
  await listen(options.listen);
  let listening = true;
  const bound = server.address();
  const address =
    typeof bound === "object" && bound !== null ? `${bound.address}:${bound.port}` : (bound ?? options.listen);

  return {
    address,
    get connections() {
      return pairs.size;
    },
    get swallowed() {
      return swallowed;
    },
    setTraffic(change) {
      Object.assign(traffic, change);
      if (!traffic.silent) for (const act of parked.splice(0)) act();
      for (const pair of pairs) pair.wake();
    },
    reset() {
      for (const { client, upstream } of pairs) {
        breakOff(client);
        breakOff(upstream);
      }
    },
    async setListening(wanted) {
      if (wanted === listening) return;
      listening = wanted;
      if (wanted) await listen(address);
      else server.close();
    },
    swallowCommits(count) {
      toSwallow = count;
    },
    async [Symbol.asyncDispose]() {
      traffic.silent = false;
      for (const act of parked.splice(0)) act();
      for (const { client, upstream } of pairs) {
        client.destroy();
        upstream.destroy();
      }
      if (listening) await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function breakOff(socket: Socket): void {
  if (socket.destroyed) return;
  try {
    socket.resetAndDestroy();
  } catch {
    socket.destroy();
  }
}

function socketAddress(address: ProxyAddress): { path: string } | { host: string; port: number } {
  if (address.startsWith("/")) return { path: address };
  const colon = address.lastIndexOf(":");
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
}
