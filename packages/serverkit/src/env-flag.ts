import { z } from "zod";

/** A switch in the environment: `1` or `true`, `0` or `false`; off when it is not given. */
export const envFlag = z
  .enum(["0", "1", "true", "false"])
  .default("0")
  .transform((value) => value === "1" || value === "true");
