import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { SluiceClient } from "@sluice/client";
import { type AuditReport, type BatchStatus, fileUri } from "@sluice/contracts";
import { type BuiltImage, buildImage } from "./build-image.ts";
import { type ComposeService, readCompose } from "./read-compose.ts";
import { type Mount, runImage, type RunningImage } from "./run-image.ts";

export const ROOT = resolve(import.meta.dir, "../..");

export interface ImagesReport {
  readonly images: Readonly<Record<"coordinator" | "worker", BuiltImage>>;
  readonly batch: BatchStatus;
  readonly audit: AuditReport;
  readonly health: readonly number[];
  readonly users: readonly string[];
  readonly writable: readonly string[];
  readonly exits: readonly number[];
  readonly seconds: { readonly build: number; readonly run: number };
}

/**
 * Builds the images below `folder`, starts coordinator and worker from them with the settings of compose.yaml on loopback
 * with the PostgreSQL at `databaseUrl`, and reads the documents in `documents`.
 */
export async function checkImages(options: {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly documents: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Compiles the addon as its RUN step says, which takes minutes; otherwise the one of this checkout is used. */
  readonly compile: boolean;
}): Promise<ImagesReport> {
  const began = performance.now();
  const images = await buildBoth(options.folder, options.compile);
  const built = performance.now();
  const secrets = join(options.folder, "secrets");
  makeSecrets(secrets, options.databaseUrl);
  const documents = join(options.folder, "documents");
  mkdirSync(documents);
  for (const { name, bytes } of options.documents) writeFileSync(join(documents, name), bytes);
  mkdirSync(options.folder, { recursive: true });
  const compose = readCompose(join(ROOT, "compose.yaml"), { SLUICE_WORKERS: "1" });
  const running: RunningImage[] = [];
  try {
    const start = async (name: "coordinator" | "worker", variables: Record<string, string>) => {
      const service = compose.services[name];
      if (service === undefined) throw new Error(`compose.yaml has no ${name}`);
      const part = await runImage(images[name], {
        // The network is the one thing that differs: loopback, and any free port.
        variables: { ...environmentOf(service), SLUICE_HOST: "127.0.0.1", SLUICE_PORT: "0", ...variables },
        mounts: mountsOf(service, { secrets, documents, volumes: options.folder }),
        log: join(options.folder, `${name}.log`),
      });
      running.unshift(part);
      return part;
    };
    const coordinator = await start("coordinator", {
      DATABASE_URL: withoutPassword(options.databaseUrl),
      SLUICE_WORKER_ADDRESSES: "127.0.0.0/8",
    });
    const worker = await start("worker", { SLUICE_COORDINATORS: coordinator.url });
    const token = readFileSync(join(secrets, "admin_token"), "utf8").trim();
    const client = new SluiceClient({ baseUrl: coordinator.url, token });
    const { batch, audit } = await runBatch(client, options.documents);
    const health = [await coordinator.checkHealth(), await worker.checkHealth()];
    const parts = [coordinator, worker];
    const users = parts.map((part) => statusOf(part.pid));
    const writable = parts.flatMap((part) => writableMounts(part.pid));
    const exits: number[] = [];
    for (const part of running.splice(0)) exits.push(await part.stop());
    const seconds = { build: (built - began) / 1_000, run: (performance.now() - built) / 1_000 };
    return { images, batch, audit, health, users, writable, exits, seconds };
  } finally {
    for (const part of running) await part.stop();
  }
}

async function buildBoth(folder: string, compile: boolean): Promise<Record<"coordinator" | "worker", BuiltImage>> {
  const build = (name: string, given = {}) => {
    mkdirSync(join(folder, name), { recursive: true });
    return buildImage({
      dockerfile: join(ROOT, `Dockerfile.${name}`),
      context: ROOT,
      folder: join(folder, name),
      given,
    });
  };
  const addon = "native/src/generated/extract.node";
  const given = compile
    ? {}
    : { "bun native/scripts/build.ts": { source: join(ROOT, addon), target: `/sluice/${addon}` } };
  return { coordinator: await build("coordinator"), worker: await build("worker", given) };
}

/** By the script that people use, with the password of this database in place of a new one. */
function makeSecrets(folder: string, databaseUrl: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, "database_password"), decodeURIComponent(new URL(databaseUrl).password));
  chmodSync(join(folder, "database_password"), 0o444);
  const made = Bun.spawnSync(["sh", join(ROOT, "deploy/make-secrets.sh"), folder], {
    stdout: "ignore",
    stderr: "pipe",
  });
  if (!made.success) throw new Error(`make-secrets.sh: ${made.stderr.toString()}`);
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password = "";
  return url.href;
}

function environmentOf(service: ComposeService): Record<string, string> {
  return Object.fromEntries(Object.entries(service.environment ?? {}).map(([name, value]) => [name, String(value)]));
}

function mountsOf(
  service: ComposeService,
  folders: { readonly secrets: string; readonly documents: string; readonly volumes: string },
): Mount[] {
  const secretFiles = (service.secrets ?? []).map((name): Mount => {
    return { source: join(folders.secrets, name), target: `/run/secrets/${name}`, access: "ro" };
  });
  const volumes = (service.volumes ?? []).map((volume): Mount => {
    if (volume.type === "bind") {
      return { source: folders.documents, target: volume.target, access: volume.read_only === true ? "ro" : "rw" };
    }
    // A named volume takes over the owner that the image gives the folder.
    const source = join(folders.volumes, `volume-${volume.source}`);
    mkdirSync(source, { recursive: true });
    chownSync(source, 1_000, 1_000);
    return { source, target: volume.target, access: "rw" };
  });
  return [...secretFiles, ...volumes];
}

async function runBatch(
  client: SluiceClient,
  documents: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<{ batch: BatchStatus; audit: AuditReport }> {
  await until("a worker has registered", async () => (await client.listWorkers()).some((worker) => worker.live));
  const { batch } = await client.openBatch({ name: "images", options: {} });
  const items = documents.map(({ name, bytes }, ordinal) => ({
    ordinal,
    uri: fileUri(join("/srv/documents", name)),
    sizeBytes: bytes.length,
    sourceVersion: "1:1",
  }));
  await client.appendItems(batch.batchId, items);
  await client.sealBatch(batch.batchId, items.length);
  await until("the batch is done", async () => (await client.getBatch(batch.batchId)).state === "done");
  return { batch: await client.getBatch(batch.batchId), audit: await client.audit(batch.batchId) };
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await Bun.sleep(50);
  }
}

/** User, capabilities and new privileges of a process, as the kernel says. */
function statusOf(pid: number): string {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const field = (name: string) => new RegExp(`^${name}:\\s+(.*)$`, "m").exec(status)?.[1]?.split(/\s+/)[0] ?? "";
  return `uid ${field("Uid")} gid ${field("Gid")} caps ${field("CapEff")} new privileges ${field("NoNewPrivs") === "1" ? "no" : "yes"}`;
}

/** Where a process could write, by its mounts; the kernel's own file systems aside. */
function writableMounts(pid: number): string[] {
  return readFileSync(`/proc/${pid}/mounts`, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(" "))
    .filter(([, target = "", , options = ""]) => options.split(",")[0] === "rw" && !/^\/(dev|proc)(\/|$)/.test(target))
    .map(([, target = ""]) => target);
}
