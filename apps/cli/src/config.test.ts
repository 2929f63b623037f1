import { describe, expect, test } from "bun:test";
import { AppError } from "@sluice/contracts";
import { readConfig } from "./config.ts";

describe("readConfig", () => {
  test("the data directory: its own variable before XDG before the home folder", () => {
    expect(readConfig({ SLUICE_DATA_DIR: "/a", XDG_DATA_HOME: "/b" }).dataDir).toBe("/a");
    expect(readConfig({ XDG_DATA_HOME: "/b" }).dataDir).toBe("/b/sluice");
    expect(readConfig({}).dataDir).toEndWith("/.local/share/sluice");
  });

  test("an empty variable counts as unset", () => {
    const config = readConfig({ DATABASE_URL: "", SLUICE_SERVER: "", SLUICE_DATA_DIR: "", XDG_DATA_HOME: "/b" });
    expect(config.databaseUrl).toBeUndefined();
    expect(config.server).toBeUndefined();
    expect(config.dataDir).toBe("/b/sluice");
  });

  test("every fault is named at once", () => {
    const read = () => readConfig({ SLUICE_WORKERS: "many", STORE_FULL_CONTENT: "perhaps" });
    expect(read).toThrow(AppError);
    expect(read).toThrow(/SLUICE_WORKERS.*STORE_FULL_CONTENT/s);
  });

  test("NO_COLOR and a C locale are honoured", () => {
    expect(readConfig({ NO_COLOR: "1" }).colours).toBe(false);
    expect(readConfig({ TERM: "xterm" }).colours).toBe(true);
    expect(readConfig({ LC_ALL: "C", LANG: "de_DE.UTF-8" }).unicode).toBe(false);
    expect(readConfig({ LANG: "de_DE.UTF-8" }).unicode).toBe(true);
  });

  test("every variable of a coordinator or worker that the documentation has reaches it", async () => {
    const guide = await Bun.file(new URL("../../../docs/configuration.md", import.meta.url)).text();
    const ofParts = guide.slice(guide.indexOf("## Coordinator"), guide.indexOf("## What became"));
    const rows = ofParts.split("\n").filter((line) => line.startsWith("| `"));
    const names = rows.flatMap((row) => row.split("|")[1]?.match(/SLUICE_[A-Z0-9_]*[A-Z0-9]/g) ?? []);
    expect(names).toContain("SLUICE_WEBHOOK_HOSTS");
    // Of these the command line makes a flag or an answer of its own; `SLUICE_QUOTA_…` stands for a table.
    const own = ["SLUICE_WORKERS", "SLUICE_COORDINATORS", "SLUICE_TOKEN", "SLUICE_QUOTA"];
    const { partVariables, onePartVariables } = readConfig(
      Object.fromEntries(names.map((name) => [name, name === "SLUICE_WORKERS" ? "1" : "x"])),
    );
    expect(names.filter((name) => !own.includes(name) && !(name in { ...partVariables, ...onePartVariables }))).toEqual(
      [],
    );
  });

  test("parts are handed what concerns them, and nothing else", () => {
    const config = readConfig({
      SLUICE_LOG_LEVEL: "debug",
      SLUICE_PORT: "7080",
      AWS_SECRET_ACCESS_KEY: "x",
      SLUICE_DB_POOL: "",
    });
    expect(config.partVariables).toEqual({ SLUICE_LOG_LEVEL: "debug" });
    expect(config.onePartVariables).toEqual({ SLUICE_PORT: "7080" });
  });
});
