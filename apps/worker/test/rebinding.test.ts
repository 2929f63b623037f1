import { expect, test } from "bun:test";
import { join } from "node:path";
import { namespacesMissing, temporaryFolder } from "@sluice/testkit";

const missing = namespacesMissing();

test.skipIf(missing !== null)(
  `a name that resolves to an inner address once it was checked leads nowhere but to the one that was${missing === null ? "" : ` (${missing})`}`,
  async () => {
    using folder = temporaryFolder();
    const resolver = join(folder.path, "resolv.conf");
    await Bun.write(resolver, "nameserver 127.0.0.1\n");
    const script = 'ip link set lo up && mount --bind "$1" /etc/resolv.conf && exec "$2" "$3"';
    const main = join(import.meta.dir, "rebinding-run.ts");
    const run = Bun.spawn(["unshare", "-n", "-m", "sh", "-c", script, "sh", resolver, process.execPath, main], {
      stdout: "pipe",
      stderr: "pipe",
    });
    const [said, faults, exit] = await Promise.all([run.stdout.text(), run.stderr.text(), run.exited]);
    expect([exit, faults]).toEqual([0, ""]);
    const { questions, inner, counts } = JSON.parse(said);
    // One question a document: that of the check, whose answer was used.
    expect(questions).toBe(40);
    expect(counts).toEqual({ public: 1, "failed SOURCE_NOT_ALLOWED": 39 });
    expect(inner).toBe(0);
  },
  60_000,
);
