import { z } from "zod";
import { closedObject } from "./closed-object.ts";
import { LARGEST_INTEGER } from "./ids.ts";
import { timeSchema } from "./time.ts";

export const TOKEN_ROLES = ["admin", "submit", "worker"] as const;
export const tokenRoleSchema = z.enum(TOKEN_ROLES);
/** `submit` opens batches and sees its own; `worker` registers workers; `admin` does the rest, and what `submit` may. */
export type TokenRole = z.infer<typeof tokenRoleSchema>;

export const tokenIdSchema = z.uuid();

// Numbers a second and numbers of batches are integers of the database.
const countSchema = z.int().min(0).max(LARGEST_INTEGER).nullable().default(null);
const limitSchema = z.int().min(0).nullable().default(null);

export const tokenLimitsSchema = z
  .object({
    requestsPerSecond: countSchema.describe("Requests a second."),
    pendingItems: limitSchema.describe("Items that are pending at a time, over all its batches."),
    openBatches: countSchema.describe("Batches that are open at a time."),
    uploadBytesPerDay: limitSchema.describe("Bytes uploaded in a day."),
  })
  .meta({
    id: "TokenLimits",
    description: "What one token may take at a time. null: what the server's configuration says; 0: no limit.",
  });
export type TokenLimits = z.infer<typeof tokenLimitsSchema>;

const YEARS_10_SECONDS = 10 * 365 * 24 * 3_600;

export const createTokenRequestSchema = closedObject({
  name: z.string().trim().min(1).max(200).describe("For people: who has it, and where."),
  role: tokenRoleSchema.describe(
    "`submit` opens batches and sees its own; `worker` registers workers; `admin` does the rest, and what `submit` may.",
  ),
  expiresInSeconds: z
    .int()
    .min(1)
    .max(YEARS_10_SECONDS)
    .optional()
    .describe("How long it opens, in seconds; absent: it does not expire."),
  limits: closedObject(tokenLimitsSchema.shape).prefault({}).describe("What it may take at a time."),
}).meta({ id: "CreateTokenRequest", description: "What a token is made with." });
export type CreateTokenRequest = z.input<typeof createTokenRequestSchema>;

const changedCountSchema = countSchema.unwrap().optional();
const changedLimitSchema = limitSchema.unwrap().optional();

export const changeTokenRequestSchema = closedObject({
  name: createTokenRequestSchema.shape.name.optional().describe("For people: who has it, and where."),
  expiresInSeconds: createTokenRequestSchema.shape.expiresInSeconds
    .unwrap()
    .nullable()
    .optional()
    .describe("How long it opens from now, in seconds; null: it does not expire."),
  limits: closedObject({
    requestsPerSecond: changedCountSchema.describe("Requests a second."),
    pendingItems: changedLimitSchema.describe("Items that are pending at a time, over all its batches."),
    openBatches: changedCountSchema.describe("Batches that are open at a time."),
    uploadBytesPerDay: changedLimitSchema.describe("Bytes uploaded in a day."),
  })
    .optional()
    .describe("Limits that change; one that is null is the server's again."),
}).meta({
  id: "ChangeTokenRequest",
  description: "What may change of a token that goes on being the same, with the same secret. What is absent stays.",
});
export type ChangeTokenRequest = z.input<typeof changeTokenRequestSchema>;

export const rotateTokenRequestSchema = closedObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(30 * 24 * 3_600)
    .default(3_600)
    .describe("How long the secret as it was still opens beside the new one, in seconds."),
}).meta({ id: "RotateTokenRequest", description: "How a token gets another secret." });
export type RotateTokenRequest = z.input<typeof rotateTokenRequestSchema>;

export const tokenRowSchema = z
  .object({
    tokenId: tokenIdSchema.describe("The token."),
    name: z.string().describe("For people: who has it, and where."),
    role: tokenRoleSchema.describe("What it may do."),
    createdAt: timeSchema.describe("When it was made; an ISO 8601 time in UTC."),
    expiresAt: timeSchema.nullable().describe("When it expires, an ISO 8601 time; null: it does not."),
    lastUsedAt: timeSchema.nullable().describe("When it was used last, to the minute, an ISO 8601 time; null: never."),
    rotatedAt: timeSchema.nullable().describe("When it got another secret last, an ISO 8601 time; null: never."),
    previousUntil: timeSchema
      .nullable()
      .describe("Until when the secret as it was before still opens, an ISO 8601 time; null: there is none."),
    revokedAt: timeSchema.nullable().describe("When it was revoked, an ISO 8601 time; null: it is not."),
    limits: tokenLimitsSchema.describe("What it may take at a time."),
  })
  .meta({ id: "TokenRow", description: "A token without its secret, which nobody has but whoever was given it." });
export type TokenRow = z.infer<typeof tokenRowSchema>;

export const newTokenSchema = tokenRowSchema
  .extend({
    token: z.string().describe("The secret, which callers give as their bearer token. It is shown this once."),
  })
  .meta({ id: "NewToken", description: "The one answer that holds the secret." });
export type NewToken = z.infer<typeof newTokenSchema>;

export const tokenListSchema = z
  .object({ tokens: z.array(tokenRowSchema).describe("The tokens.") })
  .meta({ id: "TokenList", description: "Tokens, those that are revoked last." });
