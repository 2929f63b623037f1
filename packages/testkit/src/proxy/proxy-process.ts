import { join } from "node:path";
import type { PipeTraffic } from "./delayed-pipe.ts";
import { type ProxyAnswer, proxyAnswerSchema, type ProxyOrder } from "./proxy-orders.ts";
import type { TcpProxyOptions } from "./tcp-proxy.ts";

/** One proxy of a proxy process; what `TcpProxy` does, from afar. */
export interface RemoteProxy {
  readonly address: string;
  setTraffic(traffic: Partial<PipeTraffic>): Promise<void>;
  setListening(listening: boolean): Promise<void>;
  reset(): Promise<void>;
  swallowCommits(count: number): Promise<void>;
  swallowed(): Promise<number>;
}

export interface ProxyProcess extends AsyncDisposable {
  readonly pid: number;
  open(options: TcpProxyOptions): Promise<RemoteProxy>;
}

type WithoutId<Order> = Order extends unknown ? Omit<Order, "id"> : never;

/** Starts a process of proxies, behind `commandPrefix` where they are to stand on another host. Ends with this process. */
export function startProxyProcess(commandPrefix: readonly string[] = []): ProxyProcess {
  const child = Bun.spawn([...commandPrefix, process.execPath, "--no-env-file", join(import.meta.dir, "main.ts")], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
    env: { PATH: process.env["PATH"] ?? "" },
    cwd: "/",
    detached: true,
  });
  child.unref();
  const waiting = new Map<number, PromiseWithResolvers<ProxyAnswer>>();
  let ids = 0;
  let ended = false;
  void (async () => {
    let text = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream() as never) as AsyncIterable<string>) {
      text += chunk;
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) {
        const answer = proxyAnswerSchema.parse(JSON.parse(line));
        waiting.get(answer.id)?.resolve(answer);
        waiting.delete(answer.id);
      }
    }
    ended = true;
    for (const { reject } of waiting.values()) reject(new Error("the proxy process has ended"));
  })();

  const ask = async (order: WithoutId<ProxyOrder>): Promise<ProxyAnswer> => {
    if (ended) throw new Error("the proxy process has ended");
    const id = (ids += 1);
    const answer = Promise.withResolvers<ProxyAnswer>();
    waiting.set(id, answer);
    await child.stdin.write(`${JSON.stringify({ ...order, id })}\n`);
    await child.stdin.flush();
    const { fault, ...rest } = await answer.promise;
    if (fault !== undefined) throw new Error(fault);
    return rest;
  };

  return {
    pid: child.pid,
    open: async ({ listen, target }) => {
      const { address } = await ask({ order: "open", listen, target });
      if (address === undefined) throw new Error("a proxy was opened without an address");
      const listener = address;
      return {
        address,
        setTraffic: async (traffic) => void (await ask({ order: "traffic", listener, traffic })),
        setListening: async (listening) => void (await ask({ order: "listening", listener, listening })),
        reset: async () => void (await ask({ order: "reset", listener })),
        swallowCommits: async (commits) => void (await ask({ order: "swallow", listener, commits })),
        swallowed: async () => (await ask({ order: "ask", listener })).swallowed ?? 0,
      };
    },
    [Symbol.asyncDispose]: async () => {
      await child.stdin.end();
      // Connections that are silent keep nothing alive: the process ends itself at the end of its orders.
      await child.exited;
    },
  };
}
