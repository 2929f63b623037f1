/** Requests that two servers could read as different ones: a proxy in front must never forward more than it looked at. */
import { expect, test } from "bun:test";
import { coordinatorDatabase } from "../support/coordinator-database.ts";
import { spawnCoordinator } from "../support/spawned-coordinator.ts";
import { ADMIN } from "../support/test-coordinator.ts";
import { rawRequest } from "./raw-request.ts";

const SMUGGLED = `GET /v1/batches HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${ADMIN}\r\n\r\n`;
const post = (headers: string, body: string) => `POST /v1/batches HTTP/1.1\r\nHost: a\r\n${headers}\r\n${body}`;

test("ambiguous lengths, header names and line ends are refused, and nothing behind them is answered", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await spawnCoordinator(database.databaseUrl);
  const shapes: Record<string, string> = {
    "both a length and chunks": post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", `0\r\n\r\n${SMUGGLED}`),
    "chunks and then a length": post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", `0\r\n\r\n${SMUGGLED}`),
    "two lengths": post("Content-Length: 0\r\nContent-Length: 200\r\n", SMUGGLED),
    "lengths in a list": post("Content-Length: 0, 200\r\n", SMUGGLED),
    "a length with a sign": post("Content-Length: +0\r\n", SMUGGLED),
    "a negative length": post("Content-Length: -1\r\n", SMUGGLED),
    "a length in hexadecimal": post("Content-Length: 0x0\r\n", SMUGGLED),
    "an unknown coding": post("Transfer-Encoding: xchunked\r\n", `0\r\n\r\n${SMUGGLED}`),
    "chunked, not last": post("Transfer-Encoding: chunked, identity\r\n", `0\r\n\r\n${SMUGGLED}`),
    "a coding twice": post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", `0\r\n\r\n${SMUGGLED}`),
    "a space before the colon": post("Transfer-Encoding : chunked\r\nContent-Length: 0\r\n", SMUGGLED),
    "a folded header": post("X: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", SMUGGLED),
    "a bare line feed": `GET /healthz HTTP/1.1\nHost: a\n\n${SMUGGLED}`,
    "a NUL in a header": `GET /healthz HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n${SMUGGLED}`,
    "no host": `GET /healthz HTTP/1.1\r\n\r\n${SMUGGLED}`,
    "a chunk of no length": post("Transfer-Encoding: chunked\r\n", `zz\r\nab\r\n0\r\n\r\n${SMUGGLED}`),
  };
  const answers = await Promise.all(
    Object.entries(shapes).map(async ([name, bytes]) => ({ name, ...(await rawRequest(coordinator.url, bytes)) })),
  );
  for (const { name, statuses, text, closed } of answers) {
    const refused = statuses.every((status) => status >= 400);
    expect([name, refused, closed]).toEqual([name, true, true]);
    expect(text).not.toContain("batches");
  }
  // What is no attack is answered, one after the other.
  const two = await rawRequest(coordinator.url, `GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n${SMUGGLED}`);
  expect(two.statuses).toEqual([200, 200]);
}, 60_000);

test("heads past their size, and targets that are no path of ours", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await spawnCoordinator(database.databaseUrl);
  const head = (headers: string, target = "/healthz") => `GET ${target} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`;
  const statusOf = async (bytes: string) => (await rawRequest(coordinator.url, bytes)).statuses;
  expect(await statusOf(head(`X: ${"y".repeat(100_000)}\r\n`))).toEqual([431]);
  expect(await statusOf(head("X: y\r\n".repeat(1_000)))).toEqual([431]);
  expect(await statusOf(head("", `/${"a".repeat(100_000)}`))).not.toContain(200);
  const traversals = [
    "/reference/../../../etc/passwd",
    "/reference/..%2f..%2fpackage.json",
    "/reference/%2e%2e/%2e%2e/etc/passwd",
  ];
  for (const target of [...traversals, "/reference/\\..\\..\\package.json", "//etc/passwd", "/v1/batches/..;/tokens"]) {
    const { statuses, text } = await rawRequest(coordinator.url, head("", target));
    expect([target, statuses.every((status) => status === 404 || status === 401 || status === 400)]).toEqual([
      target,
      true,
    ]);
    expect(text).not.toContain("root:");
  }
}, 60_000);
