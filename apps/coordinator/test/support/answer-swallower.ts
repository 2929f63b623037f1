import { createServer, type AddressInfo, connect } from "node:net";

export interface AnswerSwallower extends AsyncDisposable {
  readonly url: string;
  /** The answer to the next POST is lost: the server has done its work, and the client's connection breaks. */
  arm(): void;
  readonly swallowed: number;
  /** POSTs that came through, the lost one included. */
  readonly posts: number;
}

/** A proxy in front of a server, which loses answers on demand. */
export async function startAnswerSwallower(serverUrl: string): Promise<AnswerSwallower> {
  const port = Number(new URL(serverUrl).port);
  const state = { armed: false, swallowed: 0, posts: 0 };
  const proxy = createServer((client) => {
    const server = connect(port, "127.0.0.1");
    let isPost = false;
    client.on("data", (chunk: Buffer) => {
      const [, method] = /^([A-Z]+) \/\S* HTTP\/1\.1\r\n/.exec(chunk.toString("latin1")) ?? [];
      if (method !== undefined) isPost = method === "POST";
      if (method === "POST") state.posts += 1;
      server.write(chunk);
    });
    server.on("data", (chunk: Buffer) => {
      if (!state.armed || !isPost) {
        client.write(chunk);
        return;
      }
      state.armed = false;
      state.swallowed += 1;
      client.destroy();
      server.destroy();
    });
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on("close", end).on("error", end);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    arm: () => {
      state.armed = true;
    },
    get swallowed() {
      return state.swallowed;
    },
    get posts() {
      return state.posts;
    },
    [Symbol.asyncDispose]: async () => {
      await new Promise<void>((resolve) => {
        proxy.close(() => resolve());
        // Connections that are kept alive do not end by themselves.
        setTimeout(resolve, 100);
      });
    },
  };
}
