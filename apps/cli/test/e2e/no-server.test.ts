/** Commands that read from a server which is not there say so soon, and do not keep people waiting in silence. */
import { expect, test } from "bun:test";
import { runCli, spawnCli } from "./run-cli.ts";

const TOKEN = ["--token", "t".repeat(20)];
const READING = [
  ["status"],
  ["batches"],
  ["results", "latest"],
  ["failures", "latest"],
  ["search", "word"],
  ["workers"],
  ["queues"],
];

/** A port that nothing listens on. */
function freePort(): number {
  using server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  return server.port;
}

test.each(READING)(
  "%s: a port of this machine that refuses is told at once, with the next step",
  async (...command) => {
    const url = `http://127.0.0.1:${freePort()}`;
    const run = await runCli([...command.filter((word) => typeof word === "string"), "--server", url, ...TOKEN]);
    // These are the words of whoever gives up at the first try; after six of them the client names the call.
    expect(run.stderr).toContain(`UNREACHABLE  nothing listens at ${url}`);
    expect(run.stderr).toContain("check the address and that the server runs");
    expect([run.exit, run.stdout]).toEqual([3, ""]);
    expect(run.stderr).not.toContain("waiting for");
  },
);

test("status --watch waits for a server that may be starting, and says for what", async () => {
  const url = `http://127.0.0.1:${freePort()}`;
  const run = await runCli(["status", "--watch", "--server", url, ...TOKEN]);
  expect(run.stderr).toContain(`waiting for ${url}`);
  expect(run.stderr.match(/waiting for/g)).toHaveLength(1);
  expect(run.stderr).toContain("UNREACHABLE");
  expect(run.exit).toBe(3);
}, 60_000);

test("a server that takes the connection and does not answer is named while it is waited for", async () => {
  using silent = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  await using child = spawnCli(["batches", "--server", `http://127.0.0.1:${silent.port}`, ...TOKEN]);
  const reader = child.stderr.getReader();
  const { value } = await reader.read();
  expect(new TextDecoder().decode(value)).toBe(`waiting for http://127.0.0.1:${silent.port}, which does not answer\n`);
  expect(child.exitCode).toBeNull();
  child.kill();
}, 30_000);
