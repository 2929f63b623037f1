import { z } from "zod";

/** What a proxy process is told on stdin, one object a line. */
export const proxyOrderSchema = z.discriminatedUnion("order", [
  z.object({ order: z.literal("open"), id: z.int(), listen: z.string(), target: z.string() }),
  z.object({
    order: z.literal("traffic"),
    id: z.int(),
    listener: z.string(),
    traffic: z.object({
      delayMs: z.number().optional(),
      bytesPerSecond: z.number().nullable().optional(),
      silent: z.boolean().optional(),
    }),
  }),
  z.object({ order: z.literal("listening"), id: z.int(), listener: z.string(), listening: z.boolean() }),
  z.object({ order: z.literal("reset"), id: z.int(), listener: z.string() }),
  z.object({ order: z.literal("swallow"), id: z.int(), listener: z.string(), commits: z.int() }),
  z.object({ order: z.literal("ask"), id: z.int(), listener: z.string() }),
]);
export type ProxyOrder = z.infer<typeof proxyOrderSchema>;

/** Its answer to each order, on stdout. */
export const proxyAnswerSchema = z.object({
  id: z.int(),
  address: z.string().optional(),
  swallowed: z.int().optional(),
  fault: z.string().optional(),
});
export type ProxyAnswer = z.infer<typeof proxyAnswerSchema>;
