import { createServer } from "node:net";
import { expect, test } from "bun:test";
import { keepablePort } from "./keepable-port.ts";

test("ports are given once, can be listened on, and are none that the system gives by chance", async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => keepablePort()));
  expect(new Set(ports).size).toBe(50);
  for (const port of ports) {
    expect(port).toBeLessThan(32_768);
    const server = createServer();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
    await promise;
    await new Promise((done) => server.close(done));
  }
});
