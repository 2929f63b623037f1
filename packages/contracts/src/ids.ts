import { z } from "zod";

export const batchIdSchema = z.uuid();
export const attemptIdSchema = z.uuid();
export const workerIdSchema = z.uuid();

/** SHA-256 in lower-case hexadecimal. */
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, "expected a SHA-256 in hexadecimal");

/** What an `integer` of PostgreSQL holds at most: ordinals and page numbers are such. */
export const LARGEST_INTEGER = 2_147_483_647;

/** Position of an item in its batch, from 0, without gaps. */
export const ordinalSchema = z.int().min(0).max(LARGEST_INTEGER);
