import { taxonomySchema } from "@sluice/contracts";
import { taxonomyHash } from "@sluice/taxonomy/taxonomy-hash";

export const MINE = taxonomySchema.parse({
  name: "mine",
  categories: ["a", "b"].map((id) => ({ id, name: id, description: `About ${id}` })),
});
const BOUNDS = { value: 0.9, low: 0.8, high: 0.95 };

/** The file of a model as far as the coordinator reads it: its numbers are for who loads it. */
export function modelFile(over: object = {}): Uint8Array<ArrayBuffer> {
  const header = JSON.stringify({
    taxonomyHash: taxonomyHash(MINE),
    taxonomy: MINE,
    labels: ["a", "b"],
    multiLabel: false,
    card: {
      createdFrom: "labels.csv",
      rows: 20,
      classes: [{ label: "a", rows: 10, precision: 1, recall: 0.9, f1: 0.95 }],
      accuracy: BOUNDS,
      macroF1: BOUNDS,
      calibrationError: BOUNDS,
      calibrationErrorBefore: 0.1,
      seed: 1,
    },
    ...over,
  });
  const fixed = Buffer.alloc(36);
  fixed.write("SLMODEL\n");
  fixed.writeUInt32LE(Buffer.byteLength(header), 32);
  return Buffer.concat([fixed, Buffer.from(header), Buffer.from("numbers")]);
}
