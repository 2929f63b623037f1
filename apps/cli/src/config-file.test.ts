import { afterAll, describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { choosePlace } from "./cluster/choose-place.ts";
import { readConfig } from "./config.ts";
import { readConfigFile } from "./config-file.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function put(text: string, mode = 0o600, name = `${(files += 1)}.yaml`): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const WITH_TOKEN = "server: https://sluice.example/\ntoken: from-the-file\n";

describe("readConfigFile", () => {
  test("YAML and JSON; paths are meant from where the file lies", () => {
    const path = put('{"server": "http://h:1", "tokenFile": "token", "workers": 3}');
    expect(readConfigFile(path, true)).toEqual({ server: "http://h:1", tokenFile: join(folder, "token"), workers: 3 });
    expect(readConfigFile(put("dataDir: ~/data"), true).dataDir).toEndWith("/data");
    expect(readConfigFile(put("# nothing yet\n"), true)).toEqual({});
  });

  test("every fault with its line", () => {
    const path = put("# mine\nserver: http://h\nworkers: many\ntokn: x\n");
    expect(() => readConfigFile(path, true)).toThrow(
      /:3: workers .*; .*:4: tokn is no setting; there are server, token,/,
    );
    expect(() => readConfigFile(put("server: ftp://h\n"), true)).toThrow(/:1: server /);
    expect(() => readConfigFile(put("workers: 2\nworkers: 3\n"), true)).toThrow(/:2: /);
    expect(() => readConfigFile(put("just words\n"), true)).toThrow(/:1: /);
    expect(() => readConfigFile(put("a: &a [x]\nb: {"), true)).toThrow(/CONFIG|:\d: /);
  });

  test("a secret that others may read is refused, and says the command that mends it", () => {
    expect(() => readConfigFile(put(WITH_TOKEN, 0o644), true)).toThrow(/mode 644.*chmod 600/);
    expect(() => readConfigFile(put("databaseUrl: postgres://u:p@h/d", 0o640), true)).toThrow("chmod 600");
    expect(readConfigFile(put("server: http://h\n", 0o644), true)).toEqual({ server: "http://h" });
  });

  test("one that was asked for must be there, the usual one need not", () => {
    expect(readConfigFile(join(folder, "none"), false)).toEqual({});
    expect(() => readConfigFile(join(folder, "none"), true)).toThrow("no such configuration file");
  });
});

describe("precedence", () => {
  mkdirSync(join(folder, "sluice"));
  put(`${WITH_TOKEN}workers: 3\nstoreFullContent: false\n`, 0o600, "sluice/config.yaml");
  const home = { XDG_CONFIG_HOME: folder };

  test("the file, then the environment, then flags", () => {
    expect(choosePlace({}, readConfig(home))).toMatchObject({ url: "https://sluice.example", token: "from-the-file" });
    expect(readConfig(home)).toMatchObject({ workers: 3, storeFullContent: false });
    expect(readConfig({ ...home, SLUICE_WORKERS: "5", STORE_FULL_CONTENT: "1" })).toMatchObject({
      workers: 5,
      storeFullContent: true,
    });
    expect(choosePlace({}, readConfig({ ...home, SLUICE_TOKEN: "env" }))).toMatchObject({ token: "env" });
    expect(choosePlace({ token: "flag" }, readConfig({ ...home, SLUICE_TOKEN: "env" }))).toMatchObject({
      token: "flag",
    });
  });

  test("a place of the environment wins over the server of the file as a whole", () => {
    expect(choosePlace({}, readConfig({ ...home, SLUICE_DATA_DIR: "/d" }))).toMatchObject({ kind: "dataDir" });
    expect(choosePlace({}, readConfig({ ...home, DATABASE_URL: "postgres://u@h/d" }))).toMatchObject({
      kind: "database",
    });
  });

  test("a named file takes the place of the usual one", () => {
    const other = put("server: http://other:1\n");
    expect(readConfig({ ...home, SLUICE_CONFIG: other }).server).toBe("http://other:1");
    expect(readConfig({ ...home, SLUICE_CONFIG: "/nowhere" }, other).server).toBe("http://other:1");
  });
});

describe("tokens", () => {
  test("the file's token goes to the file's server and to no other", () => {
    const config = readConfig({ SLUICE_CONFIG: put(WITH_TOKEN) });
    expect(choosePlace({ server: "https://sluice.example" }, config)).toMatchObject({ token: "from-the-file" });
    expect(() => choosePlace({ server: "https://evil.example" }, config)).toThrow("asks for a token");
    expect(() => choosePlace({ server: "http://sluice.example" }, config)).toThrow("asks for a token");
  });

  test("from a file of its own, which nobody else may read", () => {
    const server = "http://h:1";
    const choose = (tokenFile: string) => choosePlace({ server }, readConfig({ SLUICE_TOKEN_FILE: tokenFile }));
    expect(choose(put("secret\n"))).toMatchObject({ token: "secret" });
    expect(() => choose(put("secret\n", 0o644))).toThrow("chmod 600");
    expect(() => choose(put("two words\n"))).toThrow(/^(?!.*two words)/);
    expect(() => choose(join(folder, "none"))).toThrow("no such token file");
    const both = readConfig({ SLUICE_TOKEN: "a", SLUICE_TOKEN_FILE: put("b") });
    expect(() => choosePlace({ server }, both)).toThrow("both given");
    const named = put(`server: ${server}\ntokenFile: ${put("in-a-file")}\n`, 0o644);
    expect(choosePlace({}, readConfig({ SLUICE_CONFIG: named }))).toMatchObject({ token: "in-a-file" });
  });
});
