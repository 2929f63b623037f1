import { describe, expect, test } from "bun:test";
import { readConfig } from "../config.ts";
import { choosePlace, placeFlags } from "./choose-place.ts";

const EVERYTHING = readConfig({
  SLUICE_DATA_DIR: "/data",
  DATABASE_URL: "postgres://u:p@h/d",
  SLUICE_SERVER: "http://h:7080/",
  SLUICE_TOKEN: "t",
});

describe("choosePlace", () => {
  test("flags win over the environment", () => {
    expect(choosePlace({ dataDir: "/x" }, EVERYTHING)).toMatchObject({ kind: "dataDir", dataDir: "/x" });
    expect(choosePlace({ databaseUrl: "postgres://a@b/c" }, EVERYTHING)).toMatchObject({ kind: "database" });
    expect(choosePlace({}, EVERYTHING)).toMatchObject({ kind: "server", url: "http://h:7080", token: "t" });
    expect(choosePlace({}, readConfig({ DATABASE_URL: "postgres://u:p@h/d" }))).toMatchObject({ kind: "database" });
    expect(choosePlace({}, readConfig({ SLUICE_DATA_DIR: "/data" }))).toMatchObject({
      kind: "dataDir",
      dataDir: "/data",
    });
  });

  test("what is missing or malformed is said without repeating a password", () => {
    expect(() => choosePlace({ server: "http://h:1" }, readConfig({}))).toThrow("--token");
    expect(() => choosePlace({ server: "h:1", token: "t" }, readConfig({}))).toThrow("no URL");
    expect(() => choosePlace({ databaseUrl: "mysql://u:secret@h" }, readConfig({}))).toThrow(/^(?!.*secret)/);
  });

  test("commands that are proposed lead to the same place, without secrets", () => {
    expect(placeFlags(choosePlace({}, readConfig({})))).toBe("");
    expect(placeFlags(choosePlace({ dataDir: "/my data" }, EVERYTHING))).toBe(" --data-dir '/my data'");
    expect(placeFlags(choosePlace({ databaseUrl: "postgres://u:secret@h/d" }, EVERYTHING))).not.toContain("secret");
    expect(placeFlags(choosePlace({ server: "http://h:1", token: "secret" }, EVERYTHING))).not.toContain("secret");
  });
});
