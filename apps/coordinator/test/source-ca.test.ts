import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { remoteSettings, remoteVariables, RemoteSources } from "@sluice/sources/remote";
import { opensslMissing, testCertificates } from "@sluice/testkit";
import { z } from "zod";

const never = new AbortController().signal;

test.skipIf(opensslMissing !== null)("https sources of one's own authority, by the rules of all others", async () => {
  using own = testCertificates();
  using foreign = testCertificates();
  let asked = 0;
  const serve = ({ certFile, keyFile }: typeof own) =>
    Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      tls: { cert: Bun.file(certFile), key: Bun.file(keyFile) },
      fetch: () => {
        asked += 1;
        return new Response(null, { headers: { etag: '"v"' } });
      },
    });
  await using server = serve(own);
  await using other = serve(foreign);
  const settings = (over: Record<string, string> = {}) =>
    remoteSettings(
      z.object(remoteVariables).parse({
        SLUICE_HTTP_HOSTS: "localhost:*,elsewhere.test:*",
        SLUICE_HTTP_PRIVATE_NETWORKS: "127.0.0.1",
        SLUICE_SOURCE_CA: readFileSync(own.ca, "utf8"),
        ...over,
      }),
    );
  const outcome = async (port: number | undefined, over: Record<string, string> = {}, host = "localhost") => {
    const sources = new RemoteSources(settings(over), async () => ["127.0.0.1"]);
    try {
      return (await sources.facts({ scheme: "http", url: `https://${host}:${port}/a.pdf` }, never)).version;
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  };
  expect(await outcome(server.port)).toBe('etag:"v"');
  expect(asked).toBe(1);
  // Nobody else is trusted for it, and nobody without it.
  expect(await outcome(other.port)).toBe("SOURCE_UNREADABLE");
  expect(await outcome(server.port, { SLUICE_SOURCE_CA: "" })).toBe("SOURCE_UNREADABLE");
  // The name still has to be the certificate's, the host and its address still have to be allowed.
  expect(await outcome(server.port, {}, "elsewhere.test")).toBe("SOURCE_UNREADABLE");
  expect(await outcome(server.port, { SLUICE_HTTP_HOSTS: "example.org" })).toBe("SOURCE_NOT_ALLOWED");
  expect(await outcome(server.port, { SLUICE_HTTP_PRIVATE_NETWORKS: "10.0.0.0/8" })).toBe("SOURCE_NOT_ALLOWED");
  expect(asked).toBe(1);
  expect(() => settings({ SLUICE_SOURCE_CA: "no certificate" })).toThrow("PEM");
});
