import { expect, test } from "bun:test";
import { readConfig } from "./config.ts";

const needed = { SLUICE_COORDINATORS: "http://127.0.0.1:7080, https://coordinator.example:443", SLUICE_TOKEN: "t" };

test("defaults suit a worker on the same machine", () => {
  expect(readConfig(needed)).toMatchObject({
    coordinators: ["http://127.0.0.1:7080", "https://coordinator.example:443"],
    host: "127.0.0.1",
    port: 0,
    fileRoots: ["/"],
    recycleDocuments: 10_000,
  });
});

test("names every variable at fault at once", () => {
  const faulty = { SLUICE_COORDINATORS: "ftp://x", SLUICE_WORKERS: "0", SLUICE_FILE_ROOTS: "relative" };
  for (const name of ["SLUICE_COORDINATORS", "SLUICE_TOKEN", "SLUICE_WORKERS", "SLUICE_FILE_ROOTS"]) {
    expect(() => readConfig(faulty)).toThrow(name);
  }
});

test("beyond loopback the folders must be named", () => {
  expect(() => readConfig({ ...needed, SLUICE_HOST: "0.0.0.0" })).toThrow("SLUICE_FILE_ROOTS");
  const named = readConfig({ ...needed, SLUICE_HOST: "0.0.0.0", SLUICE_FILE_ROOTS: "/data:/more" });
  expect(named.fileRoots).toEqual(["/data", "/more"]);
});
