/** A process of proxies, to be started on a host of its own; takes orders on stdin, and ends when that closes. */
import { type ProxyAnswer, type ProxyOrder, proxyOrderSchema } from "./proxy-orders.ts";
import { type TcpProxy, tcpProxy } from "./tcp-proxy.ts";

const proxies = new Map<string, TcpProxy>();

for await (const line of console) {
  if (line === "") continue;
  const order = proxyOrderSchema.parse(JSON.parse(line));
  const answer = await obey(order).catch((error: unknown): Omit<ProxyAnswer, "id"> => ({ fault: String(error) }));
  process.stdout.write(`${JSON.stringify({ id: order.id, ...answer })}\n`);
}
process.exit(0);

async function obey(order: ProxyOrder): Promise<Omit<ProxyAnswer, "id">> {
  if (order.order === "open") {
    const proxy = await tcpProxy({ listen: order.listen, target: order.target });
    proxies.set(proxy.address, proxy);
    return { address: proxy.address };
  }
  const proxy = proxies.get(order.listener);
  if (proxy === undefined) throw new Error(`nothing listens at ${order.listener}`);
  if (order.order === "traffic") {
    const { delayMs, bytesPerSecond, silent } = order.traffic;
    proxy.setTraffic({
      ...(delayMs === undefined ? {} : { delayMs }),
      ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
      ...(silent === undefined ? {} : { silent }),
    });
  } else if (order.order === "listening") await proxy.setListening(order.listening);
  else if (order.order === "reset") proxy.reset();
  else if (order.order === "swallow") proxy.swallowCommits(order.commits);
  return { swallowed: proxy.swallowed };
}
