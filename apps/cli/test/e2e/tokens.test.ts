/** Who may call: tokens made, used, rotated and revoked through the command line, on a coordinator that runs. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { newTokenSchema, tokenListSchema, tokenRowSchema } from "@sluice/contracts";
import { startTestCluster, type TestCluster } from "@sluice/testkit";
import { jsonOf, runCli } from "./run-cli.ts";

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster({ workers: 0 });
}, 60_000);
afterAll(() => cluster.stop());

const place = (token = cluster.adminToken) => ["--server", cluster.url, "--token", token];
const json = async (...args: string[]) => jsonOf(await runCli(["tokens", ...args, "--json", ...place()]));

test("a token's life", async () => {
  const made = await runCli(["tokens", "create", "billing\u001b[31m", "--days", "30", ...place()]);
  expect(made.exit).toBe(0);
  // The secret alone, for a file; and no control character of a name reaches the terminal.
  expect(made.stdout).toMatch(/^sl_[\w-]{43}\n$/);
  expect(made.stderr).toContain("shown this once");
  expect(made.stderr).not.toContain("\u001b[31m");
  const secret = made.stdout.trim();
  expect((await runCli(["batches", ...place(secret)])).exit).toBe(0);
  const refused = await runCli(["tokens", ...place(secret)]);
  expect([refused.exit, refused.stderr]).toEqual([2, expect.stringContaining("FORBIDDEN")]);

  const { tokens } = tokenListSchema.parse(await json("list"));
  const [billing] = tokens;
  expect(tokens).toHaveLength(1);
  expect(billing).toMatchObject({ name: "billing\u001b[31m", role: "submit", revokedAt: null });
  const id = billing?.tokenId ?? "";
  expect((await runCli(["tokens", "change", id, ...place()])).exit).toBe(2);
  const days = Date.parse(billing?.expiresAt ?? "");
  const limited = await json("change", id, "--name", "billing", "--pending-items", "5", "--days", "never");
  expect([days > 0, limited]).toEqual([true, expect.objectContaining({ name: "billing", expiresAt: null })]);
  expect(tokenRowSchema.parse(limited).limits.pendingItems).toBe(5);
  const unlimited = await json("change", id, "--pending-items", "default");
  expect(tokenRowSchema.parse(unlimited).limits.pendingItems).toBeNull();
  const rotated = newTokenSchema.parse(await json("rotate", id, "--overlap", "0"));
  expect((await runCli(["batches", ...place(secret)])).exit).not.toBe(0);
  expect((await runCli(["batches", ...place(rotated.token)])).exit).toBe(0);

  expect(await json("revoke", id.slice(0, 18))).toEqual({ tokenId: id, revoked: true });
  expect((await runCli(["batches", ...place(rotated.token)])).exit).not.toBe(0);
  expect((await runCli(["tokens", ...place()])).stdout).toContain("revoked");
  expect((await runCli(["tokens", "revoke", "../batches", ...place()])).exit).toBe(2);
}, 120_000);
