/** What people meet who mistype: the fault, and the help of the command that they meant; nothing is started for it. */
import { expect, test } from "bun:test";
import { jsonOf, runCli, spawnCli } from "./run-cli.ts";

const stderrOf = async (...args: string[]) => {
  const { exit, stdout, stderr } = await runCli(args);
  expect([exit, stdout]).toEqual([2, ""]);
  return stderr;
};

test("each fault names the help that tells more", async () => {
  expect(await stderrOf("submit")).toEndWith("submit --help`.\n");
  expect(await stderrOf("tokens", "rotate")).toMatch(
    /^USAGE {2}missing required argument 'id'\n.*tokens rotate --help`\.\n$/,
  );
  expect(await stderrOf("stauts")).toContain("Did you mean status?");
  expect(await stderrOf("help", "nothing")).toStartWith("USAGE  there is no command 'nothing' to help with\n");
  expect(await stderrOf("priority", "latest", "urgent")).toContain("Expected interactive, normal or bulk.");
  expect(jsonOf(await runCli(["webhooks", "test", "--json"]))).toMatchObject({
    error: { code: "USAGE", advice: expect.stringContaining("webhooks test --help") },
    exit: 2,
  });
});

test("every command has a help that ends well, and a reader that goes early is no fault", async () => {
  expect((await runCli(["help", "webhooks", "deliveries"])).exit).toBe(0);
  const child = spawnCli(["completion", "bash"]);
  await child.stdout.cancel();
  expect([await child.exited, await child.stderr.text()]).toEqual([0, ""]);
});
