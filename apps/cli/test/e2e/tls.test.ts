/** The whole of it over TLS with a certificate of one's own authority: command line, coordinator, worker, and back. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { type RunningPart, startCoordinator, startWorker } from "@sluice/launcher";
import {
  makePdf,
  opensslMissing,
  temporaryDatabase,
  type TemporaryDatabase,
  temporaryFolder,
  testCertificates,
  type TestCertificates,
  waitUntil,
} from "@sluice/testkit";
import { jsonOf, runCli } from "./run-cli.ts";

const tokens = { admin: "admin-token-for-tests", worker: "worker-token-for-tests" };

describe.skipIf(opensslMissing !== null)(`over TLS${opensslMissing === null ? "" : ` (${opensslMissing})`}`, () => {
  const scratch = temporaryFolder();
  let certificates: TestCertificates;
  let database: TemporaryDatabase;
  let coordinator: RunningPart;
  let worker: RunningPart;
  const log = (name: string) => ({ file: join(scratch.path, `${name}.log`) });
  const environment = () => ({
    SLUICE_TLS_CERT: certificates.certFile,
    SLUICE_TLS_KEY: certificates.keyFile,
    NODE_EXTRA_CA_CERTS: certificates.ca,
  });

  beforeAll(async () => {
    certificates = testCertificates();
    database = await temporaryDatabase();
    // Beyond loopback, and without --insecure: a certificate is what it takes.
    coordinator = await startCoordinator({
      databaseUrl: database.databaseUrl,
      tokens,
      host: "0.0.0.0",
      environment: environment(),
      log: log("coordinator"),
    });
    worker = await startWorker({
      coordinators: [local(coordinator.url)],
      token: tokens.worker,
      workers: 1,
      environment: environment(),
      log: log("worker"),
    });
  }, 60_000);
  afterAll(async () => {
    await Promise.all([worker.stop(), coordinator.stop()]);
    await database[Symbol.asyncDispose]();
    certificates[Symbol.dispose]();
    scratch[Symbol.dispose]();
  });

  const server = () => ["--server", local(coordinator.url), "--token", tokens.admin];

  test("a folder is read and labelled", async () => {
    expect([coordinator.url, worker.url].map((url) => new URL(url).protocol)).toEqual(["https:", "https:"]);
    const folder = join(scratch.path, "documents");
    mkdirSync(folder);
    writeFileSync(join(folder, "a.pdf"), makePdf({ pages: ["An invoice, number 7, with a total of 10.00 EUR"] }));
    const run = await runCli(["classify", folder, "--json", ...server()], {
      env: { NODE_EXTRA_CA_CERTS: certificates.ca },
    });
    expect([run.exit, jsonOf(run)["succeeded"]]).toEqual([0, 1]);
  }, 60_000);

  test("who does not know the authority sends no token", async () => {
    const run = await runCli(["batches", ...server()]);
    expect(run.exit).toBe(3);
    expect(run.stderr).toContain("UNREACHABLE");
    // Nor does what asks in clear get anything.
    const plain = await fetch(local(coordinator.url).replace("https:", "http:")).then(
      ({ status }) => status,
      () => "nothing",
    );
    expect(plain).toBe("nothing");
  }, 60_000);

  test("answers tell browsers not to come back without TLS", async () => {
    const answer = await fetch(`${local(coordinator.url)}/healthz`, trusting(certificates));
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000");
  });

  test("a renewed certificate is in use without a restart, and no request is lost on the way", async () => {
    const before = await serialOf(coordinator.url);
    const stop = new AbortController();
    const lost: unknown[] = [];
    const asking = (async () => {
      while (!stop.signal.aborted) {
        await fetch(`${local(coordinator.url)}/healthz`, trusting(certificates)).catch((error: unknown) =>
          lost.push(error),
        );
      }
    })();
    certificates.renew();
    process.kill(coordinator.pid, "SIGHUP");
    await waitUntil("the new certificate is shown", async () => (await serialOf(coordinator.url)) !== before);
    stop.abort();
    await asking;
    expect(lost).toEqual([]);
    // Half of a renewal is none: the one in use stays, and the log says why.
    const now = await serialOf(coordinator.url);
    const cert = readFileSync(certificates.certFile);
    writeFileSync(certificates.certFile, "-----BEGIN");
    process.kill(coordinator.pid, "SIGHUP");
    await waitUntil("the log says so", () =>
      readFileSync(log("coordinator").file, "utf8").includes("cannot be renewed"),
    );
    expect(await serialOf(coordinator.url)).toBe(now);
    writeFileSync(certificates.certFile, cert);
    // Work goes on over it, registrations and shards included.
    await waitUntil("the worker is there", async () => {
      const answer = await fetch(`${local(coordinator.url)}/v1/workers`, {
        ...trusting(certificates),
        headers: { authorization: `Bearer ${tokens.admin}` },
      });
      const { workers } = (await answer.json()) as { workers: { live: boolean }[] };
      return workers.some(({ live }) => live);
    });
  }, 60_000);

  test("a key that is not the certificate's, or one without the other, is named at the start", async () => {
    using others = testCertificates();
    const start = (variables: Record<string, string>) =>
      startCoordinator({ databaseUrl: database.databaseUrl, tokens, environment: variables, log: log("refused") });
    await expect(
      start({ SLUICE_TLS_CERT: certificates.certFile, SLUICE_TLS_KEY: others.keyFile }),
    ).rejects.toMatchObject({ code: "CONFIG_INVALID", message: expect.stringContaining("is not the key of") });
    await expect(start({ SLUICE_TLS_CERT: certificates.certFile })).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringContaining("go together"),
    });
    chmodSync(others.keyFile, 0o600);
    await expect(
      start({ SLUICE_TLS_CERT: certificates.certFile, SLUICE_TLS_KEY: certificates.certFile }),
    ).rejects.toMatchObject({ message: expect.stringContaining("no private key") });
  }, 60_000);
});

/** The certificate is for localhost, wherever the server listens. */
function local(url: string): string {
  return `https://localhost:${new URL(url).port}`;
}

function trusting({ ca }: TestCertificates): BunFetchRequestInit {
  return { tls: { ca: readFileSync(ca, "utf8") }, keepalive: false };
}

async function serialOf(url: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect({ host: "127.0.0.1", port: Number(new URL(url).port), rejectUnauthorized: false }, () => {
    const { raw } = socket.getPeerCertificate();
    socket.end();
    resolve(new X509Certificate(raw).serialNumber);
  });
  socket.on("error", reject);
  return await promise;
}
