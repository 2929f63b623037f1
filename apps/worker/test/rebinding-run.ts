/**
 * A worker in a network of its own whose name server changes its mind after the first question. Started by `rebinding.test.ts` in new
 * namespaces; prints what it saw as one JSON line.
 */
import { type ShardItem } from "@sluice/contracts";
import { briefly, WorkerProcess } from "./worker-process.ts";

const PORT = 8_080;
const GOOD = [127, 0, 0, 1];
const INNER = [127, 0, 0, 2];
const TYPE_A = 1;

let questions = 0;
const dns = await Bun.udpSocket({
  hostname: "127.0.0.1",
  port: 53,
  socket: {
    data(socket, packet, port, address) {
      const end = packet.indexOf(0, 12) + 5;
      const isA = packet.readUInt16BE(end - 4) === TYPE_A;
      const head = Buffer.from([packet[0] ?? 0, packet[1] ?? 0, 0x81, 0x80, 0, 1, 0, isA ? 1 : 0, 0, 0, 0, 0]);
      const address4 = isA ? (questions++ === 0 ? GOOD : INNER) : [];
      // A pointer to the name asked for, type A, class IN, to be forgotten at once, four bytes.
      const answer = isA ? [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address4] : [];
      socket.send(Buffer.concat([head, packet.subarray(12, end), Buffer.from(answer)]), port, address);
    },
  },
});

let inner = 0;
const serve = (hostname: string, answer: () => string) =>
  Bun.serve({ hostname, port: PORT, fetch: () => new Response(answer()) });
const outside = serve("127.0.0.1", () => "public");
const inside = serve("127.0.0.2", () => `secret ${(inner += 1)}`);

{
  await using worker = await WorkerProcess.start({
    SLUICE_HTTP_HOSTS: `rebind.test:${PORT}`,
    SLUICE_HTTP_PRIVATE_NETWORKS: "127.0.0.1/32",
  });
  const items: ShardItem[] = Array.from({ length: 40 }, (_, ordinal) => ({
    ordinal,
    uri: `http://rebind.test:${PORT}/${ordinal}`,
    sizeBytes: 10,
    knownHashes: [],
  }));
  const { items: read } = await worker.run(items);
  const outcomes = Object.groupBy(briefly(read), (line) => line.replace(/^\d+ /, ""));
  const counts = Object.fromEntries(Object.entries(outcomes).map(([outcome, lines]) => [outcome, lines?.length]));
  process.stdout.write(`${JSON.stringify({ questions, inner, counts })}\n`);
}
dns.close();
await Promise.all([outside.stop(true), inside.stop(true)]);
process.exit(0);
