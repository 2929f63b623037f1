import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { S3_KEYS } from "@sluice/testkit";
import type { PlacedObject, PlaceOrder } from "../client/place-objects.ts";
import { BUCKET } from "./load-of.ts";
import type { SubmitParts } from "./submit.ts";

const PLACER = join(import.meta.dir, "../client/place-objects.ts");

/** Puts what a round's batches will list into the bucket, by the protocol, before anything breaks. */
export async function placeObjects(
  { fleet, folder, signal }: Pick<SubmitParts, "fleet" | "folder" | "signal">,
  round: number,
  objects: readonly PlacedObject[],
): Promise<void> {
  if (objects.length === 0) return;
  const order: PlaceOrder = {
    endpoint: `http://${fleet.serviceAddress("s3")}`,
    ...S3_KEYS,
    bucket: BUCKET,
    objects: [...objects],
  };
  const path = join(folder, `objects-${round}.json`);
  writeFileSync(path, JSON.stringify(order));
  const child = Bun.spawn([...fleet.clientHost.commandPrefix, process.execPath, "--no-env-file", PLACER, path], {
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
    env: { PATH: process.env["PATH"] ?? "" },
    cwd: "/",
    signal,
  });
  const [complaint, code] = await Promise.all([child.stderr.text(), child.exited]);
  if (code !== 0) throw new Error(`the objects of round ${round} were not placed: ${complaint.slice(-500)}`);
}
