import { connect, createServer, type Socket } from "node:net";

export interface DroppingProxy extends AsyncDisposable {
  readonly url: string;
  readonly dropped: number;
  /** The next COMMIT reaches the server; its answer, and the connection, do not come back. */
  dropNextCommit(): void;
}

/** A TCP proxy in front of PostgreSQL that can lose the answer to a COMMIT. */
export async function startDroppingProxy(databaseUrl: string): Promise<DroppingProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let armed = false;
  let dropped = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let swallow = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (data) => {
      if (armed && data.includes("commit\0")) {
        armed = false;
        swallow = true;
      }
      upstream.write(data);
    });
    upstream.on("data", (data) => {
      if (!swallow) {
        client.write(data);
        return;
      }
      dropped += 1;
      client.destroy();
      upstream.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(address.port);
  return {
    url: url.href,
    get dropped() {
      return dropped;
    },
    dropNextCommit: () => {
      armed = true;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
