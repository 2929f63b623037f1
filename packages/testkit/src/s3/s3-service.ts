import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { FleetService } from "../fleet/fleet-service.ts";
import { serviceProcess } from "../fleet/service-process.ts";
import { installS3Server } from "./install-s3-server.ts";
import { S3_KEYS, s3Command, s3Environment } from "./s3-program.ts";

/** An S3 server for a fleet, the part `s3`, with these buckets; what it holds outlives its processes. Ask `s3ServerMissing` first. */
export function s3Service(folder: string, buckets: readonly string[]): FleetService {
  const [data, facts] = [join(folder, "data"), join(folder, "facts")];
  for (const bucket of buckets) mkdirSync(join(data, bucket), { recursive: true });
  mkdirSync(facts, { recursive: true });
  return {
    name: "s3",
    start: async ({ at, host, signal }) =>
      await serviceProcess({
        host,
        command: s3Command(await installS3Server(), at, { data, facts }),
        environment: { ROOT_ACCESS_KEY: S3_KEYS.accessKeyId, ROOT_SECRET_KEY: S3_KEYS.secretAccessKey },
        log: join(folder, "server.log"),
        at,
        signal,
      }),
    environment: (address) => s3Environment(`http://${address}`),
  };
}
