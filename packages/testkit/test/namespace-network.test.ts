import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { failOnLeakedProcesses } from "../src/fail-on-leaked-processes.ts";
import { namespaceNetwork } from "../src/fleet/namespace-network.ts";
import { namespacesMissing } from "../src/fleet/namespaces-missing.ts";
import { startProxyProcess } from "../src/proxy/proxy-process.ts";
import { NAMESPACE_FOLDER, sweepNamespaces } from "../src/fleet/sweep-namespaces.ts";
import { temporaryFolder } from "../src/temporary-folder.ts";
import { waitUntil } from "../src/wait-until.ts";

failOnLeakedProcesses();

const missing = namespacesMissing();
if (missing !== null) process.stderr.write(`namespace-network.test.ts is skipped: ${missing}\n`);

const own = (pid: number) => readdirSync(NAMESPACE_FOLDER).filter((name) => name.startsWith(`sluice-${pid}-`));

describe.skipIf(missing !== null)("hosts as network namespaces", () => {
  test("reach each other, are cut off and reached again, and are gone at the end", async () => {
    using scratch = temporaryFolder();
    {
      await using network = await namespaceNetwork(["server", "client"]);
      const server = network.host("server");
      const client = network.host("client");
      const web = Bun.spawn(
        [
          ...server.commandPrefix,
          process.execPath,
          "-e",
          `Bun.serve({hostname:"${server.address}",port:80,fetch:()=>new Response("hello")});console.log("up")`,
        ],
        { stdout: "pipe", stdin: "pipe" },
      );
      await web.stdout.getReader().read();
      // Sockets of the file system cross the border of a namespace: that is how a test reaches into its fleet.
      await using gate = startProxyProcess(client.commandPrefix);
      const door = await gate.open({ listen: join(scratch.path, "door"), target: `${server.address}:80` });
      const ask = async () =>
        await (
          await fetch("http://server/", {
            unix: door.address,
            signal: AbortSignal.timeout(1_000),
            keepalive: false,
          })
        ).text();
      expect(await ask()).toBe("hello");
      await server.link?.cut();
      expect(ask()).rejects.toThrow();
      await ask().catch(() => null);
      await server.link?.mend();
      await server.link?.limit(64);
      expect(await waitUntil("it answers again", ask)).toBe("hello");
      await server.link?.limit(null);
      web.kill("SIGKILL");
      await web.exited;
      expect(own(process.pid).length).toBe(3);
    }
    expect(own(process.pid)).toEqual([]);
  });

  test("are swept away when their process was killed", async () => {
    const module = join(import.meta.dir, "../src/fleet/namespace-network.ts");
    const doomed = Bun.spawn(
      [
        process.execPath,
        "-e",
        `const { namespaceNetwork } = await import(${JSON.stringify(module)});
         const network = await namespaceNetwork(["host"]);
         Bun.spawn([...network.host("host").commandPrefix, "sleep", "600"], { detached: true, stdio: ["ignore", "ignore", "ignore"] });
         console.log("up");
         await Bun.sleep(600_000);`,
      ],
      { stdout: "pipe" },
    );
    await doomed.stdout.getReader().read();
    expect(own(doomed.pid).length).toBe(2);
    doomed.kill("SIGKILL");
    await doomed.exited;
    // By the next run, or by its own sweeper, whoever comes first.
    sweepNamespaces();
    expect(own(doomed.pid)).toEqual([]);
    expect(existsSync(NAMESPACE_FOLDER)).toBe(true);
  });
});
