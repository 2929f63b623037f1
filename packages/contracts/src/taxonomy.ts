import { z } from "zod";

/** Set in place by the taxonomy work. */
export const taxonomySchema = z.object({
  name: z.string(),
  categories: z.array(z.object({ id: z.string(), name: z.string(), description: z.string() })),
});
export type Taxonomy = z.infer<typeof taxonomySchema>;
