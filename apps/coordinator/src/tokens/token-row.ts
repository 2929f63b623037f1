import type { TokenRole, TokenRow } from "@sluice/contracts";

/** A row of `tokens`, of either driver. */
export interface StoredToken {
  readonly id: string;
  readonly name: string;
  readonly role: TokenRole;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly rotated_at: Date | null;
  readonly previous_until: Date | null;
  readonly revoked_at: Date | null;
  readonly requests_per_second: number | null;
  readonly pending_items: number | null;
  readonly open_batches: number | null;
  readonly upload_bytes_per_day: number | null;
}

/** What of a token may be told; its hashes are not among it. */
export const TOKEN_COLUMNS =
  "id, name, role, created_at, expires_at, last_used_at, rotated_at, previous_until, revoked_at, requests_per_second, pending_items, open_batches, upload_bytes_per_day";

export function tokenRow(row: StoredToken): TokenRow {
  return {
    tokenId: row.id,
    name: row.name,
    role: row.role,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    rotatedAt: row.rotated_at?.toISOString() ?? null,
    previousUntil: row.previous_until?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    limits: {
      requestsPerSecond: row.requests_per_second,
      pendingItems: row.pending_items,
      openBatches: row.open_batches,
      uploadBytesPerDay: row.upload_bytes_per_day,
    },
  };
}
