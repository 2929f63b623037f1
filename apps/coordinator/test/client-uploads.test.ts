import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiError, SluiceClient } from "@sluice/client";
import { Upload as TusUpload } from "tus-js-client";
import { sha256 } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { SUBMIT } from "./support/test-coordinator.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-client-uploads-"));
const cluster = useCoordinator({ SLUICE_BLOBS: join(folder, "blobs") });
const connectClient = (baseUrl = cluster.coordinator.url) => new SluiceClient({ baseUrl, token: SUBMIT });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function noise(bytes: number): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(content.subarray(at, at + 65_536));
  return content;
}

const hashOf = (bytes: Uint8Array) => new Bun.CryptoHasher("sha256").update(bytes).digest("hex");

test("a path, bytes, a file and a stream", async () => {
  const client = connectClient();
  const path = join(folder, "on disk.pdf");
  writeFileSync(path, "on disk");
  expect(await client.upload(path)).toMatchObject({ uri: `upload://${sha256("on disk")}/on%20disk.pdf`, known: false });
  expect(await client.upload(path, { name: "other" })).toMatchObject({
    uri: `upload://${sha256("on disk")}/other`,
    known: true,
  });
  const bytes = noise(1_000);
  expect(await client.upload(bytes, { name: "b" })).toMatchObject({ contentHash: hashOf(bytes), sizeBytes: 1_000 });
  expect(await client.upload(new File(["f"], "f.pdf"))).toMatchObject({ uri: `upload://${sha256("f")}/f.pdf` });
  const stream = new Blob(["streamed"]).stream();
  expect(await client.upload(stream, { name: "s" })).toMatchObject({ contentHash: sha256("streamed") });
  await expect(client.upload(join(folder, "missing"))).rejects.toMatchObject({ code: "PATH_NOT_FOUND" });
  await expect(client.upload(folder)).rejects.toMatchObject({ code: "USAGE" });
});

test("many at a time, in their order, and one that fails costs the others nothing", async () => {
  const sources = Array.from({ length: 20 }, (_, index) => new Blob([`many ${index}`]));
  const outcomes = await Array.fromAsync(
    connectClient().uploadMany([...sources.slice(0, 10), join(folder, "missing"), ...sources.slice(10)], {
      nameOf: () => "n".repeat(5),
    }),
  );
  const hashes = outcomes.map((outcome) => ("upload" in outcome ? outcome.upload.contentHash : null));
  expect(hashes).toEqual([
    ...sources.slice(0, 10).map((_, index) => sha256(`many ${index}`)),
    null,
    ...sources.slice(10).map((_, index) => sha256(`many ${index + 10}`)),
  ]);
});

test("a large one goes on behind broken connections, and is not sent when it is known", async () => {
  const content = noise(100_000_000);
  await using cutter = await startCutter(new URL(cluster.coordinator.url), 30_000_000);
  const told: number[] = [];
  const options = {
    name: "large",
    onProgress: ({ sentBytes }: { sentBytes: number }) => void told.push(sentBytes),
  };
  const kept = await connectClient(cutter.url).upload(content, options);
  expect(kept).toMatchObject({ contentHash: hashOf(content), sizeBytes: content.length, known: false });
  expect(cutter.cuts).toBeGreaterThanOrEqual(3);
  expect(told.at(-1)).toBe(content.length);
  // What went over the wire twice is less than a piece for each cut.
  expect(cutter.bytes).toBeLessThan(content.length + cutter.cuts * 33_000_000);
  const before = cutter.bytes;
  expect(await connectClient(cutter.url).upload(content, options)).toMatchObject({ uri: kept.uri, known: true });
  expect(cutter.bytes - before).toBeLessThan(10_000);
});

test("can be given up", async () => {
  const abort = new AbortController();
  const giveUp = connectClient().upload(noise(70_000_000), {
    signal: abort.signal,
    onProgress: () => abort.abort(new Error("enough")),
  });
  await expect(giveUp).rejects.toThrow("enough");
});

test("a server without a place for uploads says so", async () => {
  const { startTestCoordinator } = await import("./support/test-coordinator.ts");
  await using coordinator = await startTestCoordinator(cluster.databaseUrl);
  for (const bytes of [1_000, 70_000_000]) {
    const error = await connectClient(coordinator.url)
      .upload(noise(bytes))
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: "UPLOADS_DISABLED", status: 501 });
  }
});

test("another client of the protocol: tus-js-client", async () => {
  const content = noise(20_000_000);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const upload = new TusUpload(Buffer.from(content), {
    endpoint: `${cluster.coordinator.url}/v1/uploads/resumable`,
    chunkSize: 6_000_000,
    retryDelays: [],
    headers: { authorization: `Bearer ${SUBMIT}` },
    metadata: { filename: "tus.pdf", filetype: "application/pdf" },
    onSuccess: () => resolve(),
    onError: reject,
  });
  upload.start();
  await promise;
  expect(upload.url).toStartWith(`${cluster.coordinator.url}/v1/uploads/resumable/`);
  expect((await cluster.coordinator.request("HEAD", `/v1/uploads/${hashOf(content)}`)).status).toBe(200);
});

const node = Bun.which("node");

test.skipIf(node === null)(`the client on Node${node === null ? " (skipped: there is none here)" : ""}`, async () => {
  const entry = join(folder, "entry.ts");
  writeFileSync(entry, `export * from ${JSON.stringify(Bun.resolveSync("@sluice/client", import.meta.dir))};`);
  const built = await Bun.build({ entrypoints: [entry], target: "node", format: "esm", outdir: join(folder, "built") });
  expect(built.success).toBe(true);
  const path = join(folder, "large.bin");
  const content = noise(70_000_000);
  writeFileSync(path, content);
  const script = `
    import { SluiceClient } from ${JSON.stringify(join(folder, "built/entry.js"))};
    const client = new SluiceClient({ baseUrl: ${JSON.stringify(cluster.coordinator.url)}, token: ${JSON.stringify(SUBMIT)} });
    const kept = [await client.upload(${JSON.stringify(path)}), await client.upload(new Blob(["small"]).stream())];
    console.log(JSON.stringify({ kept, hasBun: "Bun" in globalThis }));`;
  const run = Bun.spawn([node ?? "node", "--input-type=module", "-e", script], { stderr: "pipe" });
  const [out, err] = await Promise.all([new Response(run.stdout).text(), new Response(run.stderr).text()]);
  expect(err).toBe("");
  expect(JSON.parse(out)).toMatchObject({
    hasBun: false,
    kept: [{ contentHash: hashOf(content), sizeBytes: content.length }, { contentHash: sha256("small") }],
  });
});

/** A way to a server on which every connection that has carried so many bytes up breaks. */
async function startCutter(target: URL, afterBytes: number) {
  const cutter = { cuts: 0, bytes: 0, url: "", [Symbol.asyncDispose]: async () => void server.close() };
  const server = createServer((down: Socket) => {
    const up = connect(Number(target.port), target.hostname);
    let carried = 0;
    down.on("data", (chunk) => {
      carried += chunk.length;
      cutter.bytes += chunk.length;
      if (carried > afterBytes) {
        cutter.cuts += 1;
        down.destroy();
        up.destroy();
      } else if (!up.write(chunk)) {
        down.pause();
        up.once("drain", () => down.resume());
      }
    });
    up.pipe(down);
    for (const socket of [up, down]) {
      socket.on("error", () => undefined);
      socket.on("close", () => {
        up.destroy();
        down.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  cutter.url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  return cutter;
}
