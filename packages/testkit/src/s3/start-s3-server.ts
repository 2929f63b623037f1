import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { waitUntil } from "../wait-until.ts";
import { installS3Server } from "./install-s3-server.ts";
import { S3_KEYS, s3Command, s3Environment } from "./s3-program.ts";

export interface S3Server extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly endpoint: string;
  /** Variables with which both servers of Sluice read from it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of one bucket, `papers` unless it is named. */
  bucket(name?: string): Bun.S3Client;
  /** Puts small objects there by the thousand, past the protocol: they have no ETag. */
  place(keys: Iterable<string>, name?: string): void;
  /** Ends it as a crash does; `start` brings it back with what it held, on the same port. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** An S3 server of its own on loopback, with an empty bucket `papers`. Ask `s3ServerMissing` first. */
export async function startS3Server(): Promise<S3Server> {
  const program = await installS3Server();
  const folder = await mkdtemp(join(tmpdir(), "sluice-s3-"));
  const [data, facts] = [join(folder, "data"), join(folder, "facts")];
  mkdirSync(join(data, "papers"), { recursive: true });
  mkdirSync(facts);
  const port = freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  let running: Bun.Subprocess | null = null;
  const start = async () => {
    running = Bun.spawn({
      cmd: s3Command(program, `127.0.0.1:${port}`, { data, facts }),
      env: { ROOT_ACCESS_KEY: S3_KEYS.accessKeyId, ROOT_SECRET_KEY: S3_KEYS.secretAccessKey },
      stdin: "ignore",
      stdout: "ignore",
      stderr: "ignore",
    });
    await waitUntil("the S3 server answers", () =>
      fetch(endpoint).then(
        () => true,
        () => false,
      ),
    );
  };
  const kill = async () => {
    running?.kill("SIGKILL");
    await running?.exited;
    running = null;
  };
  await start();
  return {
    endpoint,
    environment: s3Environment(endpoint),
    bucket: (name = "papers") => {
      mkdirSync(join(data, name), { recursive: true });
      return new Bun.S3Client({ ...S3_KEYS, endpoint, region: "us-east-1", bucket: name });
    },
    place: (keys, name = "papers") => {
      for (const key of keys) {
        const path = join(data, name, key);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, key);
      }
    },
    kill,
    start,
    [Symbol.asyncDispose]: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): number {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const { port } = probe;
  probe.stop(true);
  return port;
}
