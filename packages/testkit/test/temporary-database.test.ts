import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { isAlive } from "@sluice/launcher";
import { failOnLeakedProcesses, temporaryDatabase, testPostgres, waitUntil } from "../src/index.ts";

failOnLeakedProcesses();

describe("temporaryDatabase", () => {
  test("each is empty and on its own", async () => {
    await using first = await temporaryDatabase();
    await using second = await temporaryDatabase();
    await first.query("create table things (id int)");
    await first.query("insert into things values (1)");
    expect(await first.query("select id from things")).toEqual([{ id: 1 }]);
    await expect(second.query("select id from things")).rejects.toThrow("does not exist");
  });

  test("a template is filled once and copied for each", async () => {
    let runs = 0;
    const prepare = async (databaseUrl: string) => {
      runs += 1;
      const client = new Client({ connectionString: databaseUrl });
      await client.connect();
      await client.query("create table things (id int)");
      await client.end();
    };
    await using first = await temporaryDatabase({ prepare });
    await first.query("insert into things values (1)");
    await using second = await temporaryDatabase({ prepare });
    expect(await second.query("select id from things")).toEqual([]);
    expect(runs).toBe(1);
  });

  test("text is UTF-8 and sorts by code point, whatever the machine's locale", async () => {
    await using database = await temporaryDatabase();
    const rows = await database.query("select x from unnest(array['é', 'z', 'Z', 'a', '漢']) as x order by x");
    expect(rows.map((row) => row["x"])).toEqual(["Z", "a", "z", "é", "漢"]);
    expect(await database.query("select upper('straße é') as up")).toEqual([{ up: "STRASSE É".replace("SS", "ß") }]);
  });

  test("it is gone after its scope, and a connection left open fails the test", async () => {
    const database = await temporaryDatabase();
    const leaked = new Client({ connectionString: database.databaseUrl, application_name: "the leak" });
    leaked.on("error", () => {});
    await leaked.connect();
    await expect(database[Symbol.asyncDispose]()).rejects.toThrow("the leak");
    await expect(database.query("select 1")).rejects.toThrow("does not exist");
  });
});

test("PostgreSQL and its folder go with the test process, after a crash too", async () => {
  const script = `
    import { testPostgres } from ${JSON.stringify(join(import.meta.dir, "../src/index.ts"))};
    const { pid, databaseUrl } = await testPostgres();
    console.log(JSON.stringify({ pid }));
    await Bun.sleep(600_000);
  `;
  const child = Bun.spawn([process.execPath, "-e", script], { stdout: "pipe" });
  const { value } = await child.stdout.getReader().read();
  const { pid } = JSON.parse(new TextDecoder().decode(value)) as { pid: number };
  const folder = dirname(dataDirOf(pid));
  expect(isAlive(pid)).toBe(true);
  child.kill("SIGKILL");
  await waitUntil("its PostgreSQL has ended", () => !isAlive(pid));
  await waitUntil("its folder is gone", () => !existsSync(folder));
});

test("two calls share one PostgreSQL", async () => {
  const [first, second] = await Promise.all([testPostgres(), testPostgres()]);
  expect(second.pid).toBe(first.pid);
  const conf = readFileSync(join(dataDirOf(first.pid), "postgresql.conf"), "utf8");
  expect(conf).toContain("fsync = 'off'");
});

function dataDirOf(pid: number): string {
  const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  return command[command.indexOf("-D") + 1] ?? "";
}
