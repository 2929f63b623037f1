/** The batch, documents and people of all examples are the same ones. */
export const HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
export const BATCH_ID = "019ac3b0-6f00-7000-8000-000000000001";
export const OTHER_BATCH_ID = "019ac3b0-6f00-7000-8000-000000000002";
export const WORKER_ID = "019ac3b0-6f00-7000-8000-000000000003";
export const AT = "2026-12-01T08:00:00.000Z";
export const LATER = "2026-12-01T08:00:04.000Z";
