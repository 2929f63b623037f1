import { taxonomySchema } from "@sluice/contracts";
import { z } from "zod";

/** The JSON Schema of taxonomy files, which editors check them by while they are written. */
export function taxonomyFileSchema(): object {
  const schema = z.toJSONSchema(taxonomySchema, { io: "input", unrepresentable: "any" });
  return { ...schema, title: "Sluice taxonomy" };
}
