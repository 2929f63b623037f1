import { AppError } from "@sluice/contracts";
import type { z } from "zod";

/**
 * The configuration of an app from its environment. Empty variables count as absent.
 * Throws CONFIG_INVALID that names every variable at fault, so that one start shows all there is to correct.
 */
export function parseEnv<Schema extends z.ZodType>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
): z.infer<Schema> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "environment"}: ${issue.message}`);
  throw new AppError("CONFIG_INVALID", faults.join("; "), { context: { faults: faults.length } });
}
