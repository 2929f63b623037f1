import { z } from "zod";
import { closedObject } from "./closed-object.ts";
import { LARGEST_INTEGER } from "./ids.ts";

export const TOKEN_ROLES = ["admin", "submit", "worker"] as const;
export const tokenRoleSchema = z.enum(TOKEN_ROLES);
/** `submit` opens batches and sees its own; `worker` registers workers; `admin` does the rest, and what `submit` may. */
export type TokenRole = z.infer<typeof tokenRoleSchema>;

export const tokenIdSchema = z.uuid();

// Numbers a second and numbers of batches are integers of the database.
const countSchema = z.int().min(0).max(LARGEST_INTEGER).nullable().default(null);
const limitSchema = z.int().min(0).nullable().default(null);

/** What one token may take at a time. null: what the server's configuration says; 0: no limit. */
export const tokenLimitsSchema = z
  .object({
    requestsPerSecond: countSchema,
    pendingItems: limitSchema,
    openBatches: countSchema,
    uploadBytesPerDay: limitSchema,
  })
  .meta({ id: "TokenLimits" });
export type TokenLimits = z.infer<typeof tokenLimitsSchema>;

const YEARS_10_SECONDS = 10 * 365 * 24 * 3_600;

export const createTokenRequestSchema = closedObject({
  /** For people: who has it, and where. */
  name: z.string().trim().min(1).max(200),
  role: tokenRoleSchema,
  /** Absent: it does not expire. */
  expiresInSeconds: z.int().min(1).max(YEARS_10_SECONDS).optional(),
  limits: closedObject(tokenLimitsSchema.shape).prefault({}),
}).meta({ id: "CreateTokenRequest" });
export type CreateTokenRequest = z.input<typeof createTokenRequestSchema>;

const changedCountSchema = countSchema.unwrap().optional();
const changedLimitSchema = limitSchema.unwrap().optional();

/** What may change of a token that goes on being the same, with the same secret. What is absent stays. */
export const changeTokenRequestSchema = closedObject({
  name: createTokenRequestSchema.shape.name.optional(),
  /** From now; null: it does not expire. */
  expiresInSeconds: createTokenRequestSchema.shape.expiresInSeconds.unwrap().nullable().optional(),
  /** A limit that is null is the server's again. */
  limits: closedObject({
    requestsPerSecond: changedCountSchema,
    pendingItems: changedLimitSchema,
    openBatches: changedCountSchema,
    uploadBytesPerDay: changedLimitSchema,
  }).optional(),
}).meta({ id: "ChangeTokenRequest" });
export type ChangeTokenRequest = z.input<typeof changeTokenRequestSchema>;

export const rotateTokenRequestSchema = closedObject({
  /** How long the token as it was still opens, beside the one that takes its place. */
  overlapSeconds: z
    .int()
    .min(0)
    .max(30 * 24 * 3_600)
    .default(3_600),
}).meta({ id: "RotateTokenRequest" });
export type RotateTokenRequest = z.input<typeof rotateTokenRequestSchema>;

/** A token without its secret, which nobody has but whoever was given it. */
export const tokenRowSchema = z
  .object({
    tokenId: tokenIdSchema,
    name: z.string(),
    role: tokenRoleSchema,
    createdAt: z.string(),
    expiresAt: z.string().nullable(),
    /** To the minute. */
    lastUsedAt: z.string().nullable(),
    rotatedAt: z.string().nullable(),
    /** Until when the token as it was before its rotation still opens. */
    previousUntil: z.string().nullable(),
    revokedAt: z.string().nullable(),
    limits: tokenLimitsSchema,
  })
  .meta({ id: "TokenRow" });
export type TokenRow = z.infer<typeof tokenRowSchema>;

/** The one answer that holds the secret. */
export const newTokenSchema = tokenRowSchema.extend({ token: z.string() }).meta({ id: "NewToken" });
export type NewToken = z.infer<typeof newTokenSchema>;

export const tokenListSchema = z.object({ tokens: z.array(tokenRowSchema) }).meta({ id: "TokenList" });
