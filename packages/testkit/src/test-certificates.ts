import { join } from "node:path";
import { temporaryFolder } from "./temporary-folder.ts";

/** Why no certificate can be made here, or null. */
export const opensslMissing: string | null = Bun.which("openssl") === null ? "openssl is not installed" : null;

export interface TestCertificates extends Disposable {
  /** A certificate authority that nobody knows but who is given this file. */
  readonly ca: string;
  readonly certFile: string;
  readonly keyFile: string;
  /** Another certificate, for the same names, takes the place of the one in `certFile`. */
  renew(): void;
}

/** An authority of its own, and a certificate of it for localhost and 127.0.0.1. They go with their scope. */
export function testCertificates(): TestCertificates {
  const folder = temporaryFolder();
  const file = (name: string) => join(folder.path, name);
  const openssl = (...args: string[]) => {
    const run = Bun.spawnSync(["openssl", ...args], { stderr: "pipe", stdout: "pipe" });
    if (!run.success) throw new Error(`openssl ${args.join(" ")}: ${run.stderr.toString()}`);
  };
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...key, "-keyout", file("ca.key"), "-out", file("ca.crt"), "-days", "2", "-subj", "/CN=test");
  openssl(
    "req",
    ...key,
    "-keyout",
    file("server.key"),
    "-out",
    file("server.csr"),
    "-subj",
    "/CN=localhost",
    "-addext",
    "subjectAltName=DNS:localhost,IP:127.0.0.1",
  );
  const renew = () =>
    openssl(
      "x509",
      "-req",
      "-in",
      file("server.csr"),
      "-CA",
      file("ca.crt"),
      "-CAkey",
      file("ca.key"),
      "-days",
      "2",
      "-copy_extensions",
      "copy",
      "-set_serial",
      String(Math.floor(Math.random() * 2 ** 48)),
      "-out",
      file("server.crt"),
    );
  renew();
  return {
    ca: file("ca.crt"),
    certFile: file("server.crt"),
    keyFile: file("server.key"),
    renew,
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}
