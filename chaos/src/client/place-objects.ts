/** Puts files into a bucket: `bun place-objects.ts ORDER.json`, on a host that reaches the S3 server. */
import { readFileSync } from "node:fs";
import { z } from "zod";

const orderSchema = z.object({
  endpoint: z.url(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  bucket: z.string(),
  objects: z.array(z.object({ key: z.string(), path: z.string() })),
});
export type PlaceOrder = z.infer<typeof orderSchema>;
export type PlacedObject = PlaceOrder["objects"][number];

const AT_A_TIME = 8;

if (import.meta.main) {
  const { objects, ...where } = orderSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")));
  const client = new Bun.S3Client({ ...where, region: "us-east-1" });
  for (let at = 0; at < objects.length; at += AT_A_TIME) {
    const some = objects.slice(at, at + AT_A_TIME);
    await Promise.all(some.map(({ key, path }) => client.write(key, Bun.file(path))));
  }
}
