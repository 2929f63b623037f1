import { afterAll, expect, test } from "bun:test";
import { createServer, type Server, type Socket } from "node:net";
import { waitUntil } from "../wait-until.ts";
import { tcpProxy } from "./tcp-proxy.ts";

/** Answers every chunk with itself, and remembers what it got. */
async function echoServer() {
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      received.push(Buffer.from(data));
      socket.write(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = (server.address() as { port: number }).port;
  return {
    address: `127.0.0.1:${port}`,
    received: () => Buffer.concat(received).toString(),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const echo = await echoServer();
afterAll(() => echo.close());

function dial(address: string) {
  const heard: Buffer[] = [];
  let closed = false;
  const [host = "", port = ""] = address.split(":");
  const opened = Bun.connect({
    hostname: host,
    port: Number(port),
    socket: {
      data: (_, data) => void heard.push(Buffer.from(data)),
      close: () => {
        closed = true;
      },
      error: () => undefined,
    },
  });
  return {
    send: async (bytes: string | Uint8Array) => (await opened).write(bytes),
    heard: () => Buffer.concat(heard),
    closed: () => closed,
    end: async () => (await opened).end(),
  };
}

test("bytes go through whole, however many", async () => {
  await using proxy = await tcpProxy({ listen: "127.0.0.1:0", target: echo.address });
  const response = Buffer.alloc(3 << 20, "0123456789abcdef");
  const server = Bun.serve({ port: 0, fetch: async (request) => new Response(await request.bytes()) });
  await using toServer = await tcpProxy({ listen: "127.0.0.1:0", target: `127.0.0.1:${server.port}` });
  const answer = await fetch(`http://${toServer.address}/`, { method: "POST", body: response });
  expect(Buffer.from(await answer.arrayBuffer()).equals(response)).toBe(true);
  await server.stop(true);
  const line = dial(proxy.address);
  await line.send("hello");
  await waitUntil("the echo is heard", () => line.heard().toString() === "hello");
  await line.end();
});

test("silence holds bytes back in both directions, and gives them out when it ends", async () => {
  await using proxy = await tcpProxy({ listen: "127.0.0.1:0", target: echo.address });
  const line = dial(proxy.address);
  await line.send("one ");
  await waitUntil("the first is heard", () => line.heard().length === 4);
  proxy.setTraffic({ silent: true });
  await line.send("two");
  await Bun.sleep(200);
  expect(line.heard().toString()).toBe("one ");
  expect(line.closed()).toBe(false);
  proxy.setTraffic({ silent: false });
  await waitUntil("the rest is heard", () => line.heard().toString() === "one two");
});

test("delay and rate make it late, in order", async () => {
  await using proxy = await tcpProxy({ listen: "127.0.0.1:0", target: echo.address });
  proxy.setTraffic({ delayMs: 150, bytesPerSecond: 1_000 });
  const line = dial(proxy.address);
  const begun = performance.now();
  for (const word of ["a", "b", "c"]) await line.send(word.repeat(40));
  await waitUntil("all is heard", () => line.heard().length === 120);
  expect(line.heard().toString()).toBe(`${"a".repeat(40)}${"b".repeat(40)}${"c".repeat(40)}`);
  // Twice the delay, and 120 bytes at 1,000 a second: less cannot be.
  expect(performance.now() - begun).toBeGreaterThan(400);
});

test("in a silence nobody gets through, and afterwards everybody does", async () => {
  await using proxy = await tcpProxy({ listen: "127.0.0.1:0", target: echo.address });
  proxy.setTraffic({ silent: true });
  const line = dial(proxy.address);
  await line.send("patient");
  await Bun.sleep(100);
  expect(proxy.connections).toBe(0);
  proxy.setTraffic({ silent: false });
  await waitUntil("it is heard", () => line.heard().toString() === "patient");
});

test("where nothing listens connections are refused, until something does", async () => {
  await using proxy = await tcpProxy({ listen: "127.0.0.1:0", target: echo.address });
  const open = dial(proxy.address);
  await open.send("a");
  await waitUntil("the echo is heard", () => open.heard().toString() === "a");
  await proxy.setListening(false);
  expect(dial(proxy.address).send("b")).rejects.toThrow();
  await open.send("c");
  await waitUntil("the open one goes on", () => open.heard().toString() === "ac");
  await proxy.setListening(true);
  const next = dial(proxy.address);
  await next.send("d");
  await waitUntil("the next is heard", () => next.heard().toString() === "d");
});

test("a reset breaks what is open, and new connections go through", async () => {
  await using proxy = await tcpProxy({ listen: "127.0.0.1:0", target: echo.address });
  const line = dial(proxy.address);
  await line.send("x");
  await waitUntil("the echo is heard", () => line.heard().length === 1);
  proxy.reset();
  await waitUntil("the connection is broken", () => line.closed());
  const next = dial(proxy.address);
  await next.send("y");
  await waitUntil("the next echo is heard", () => next.heard().toString() === "y");
});

/** What a PostgreSQL client sends: a start packet, then messages of a letter, a length and a body. */
const startup = Buffer.concat([Buffer.from([0, 0, 0, 12, 0, 3, 0, 0]), Buffer.from("abc\0")]);
const message = (letter: string, body: string) => {
  const bytes = Buffer.from(`${letter}\0\0\0\0${body}`);
  bytes.writeUInt32BE(bytes.length - 1, 1);
  return bytes;
};

test("the answer to a COMMIT is swallowed, the COMMIT is not; the word in a row is no COMMIT", async () => {
  await using proxy = await tcpProxy({ listen: "127.0.0.1:0", target: echo.address });
  proxy.swallowCommits(1);
  const line = dial(proxy.address);
  const before = Buffer.concat([
    startup,
    message("Q", "begin\0"),
    message("d", "commit\0"),
    message("Q", "select 1\0"),
  ]);
  await line.send(before);
  await waitUntil("everything before it is answered", () => line.heard().length === before.length);
  const commit = message("Q", "COMMIT\0");
  // In two pieces, as a network may cut it.
  await line.send(commit.subarray(0, 7));
  await Bun.sleep(20);
  await line.send(commit.subarray(7));
  await waitUntil("the connection is broken", () => line.closed());
  expect(echo.received()).toEndWith("COMMIT\0");
  expect(line.heard().toString()).not.toContain("MIT\0");
  expect(proxy.swallowed).toBe(1);
});
