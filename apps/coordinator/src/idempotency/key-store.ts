import { AppError } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { LIVES_FOR_MS } from "../db/queries/renew-coordinator.ts";
import type { OnceKey } from "./do-once.ts";

const KEPT = "interval '24 hours'";
const FORGET_EVERY_MS = 10 * 60_000;

/** What was answered to a request. */
export interface KeptAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Keys of requests and what was answered to them, for a day; see RFC draft "The Idempotency-Key HTTP Header Field". */
export class KeyStore {
  readonly #database: Database;
  readonly #coordinatorId: string;
  /** Requests that this process is answering. */
  readonly #running = new Set<string>();
  #forgetAt = 0;

  constructor(database: Database, coordinatorId: string) {
    this.#database = database;
    this.#coordinatorId = coordinatorId;
  }

  /**
   * Null: the request is to be done, now, by the caller, who tells `keep` or `drop` how it went. Else it has been answered.
   * KEY_REUSED for another request with the same key; KEY_IN_USE while the first is being done.
   */
  async claim(once: OnceKey, requestHash: Buffer): Promise<KeptAnswer | null> {
    await this.#forgetOld();
    const name = nameOf(once);
    if (this.#running.has(name)) throw inUse();
    this.#running.add(name);
    try {
      const answer = (await this.#insert(once, requestHash)) ? null : await this.#judge(once, requestHash);
      if (answer !== null) this.#running.delete(name);
      return answer;
    } catch (error) {
      this.#running.delete(name);
      throw translateDatabaseError(error);
    }
  }

  async keep(once: OnceKey, { status, contentType, body }: KeptAnswer): Promise<void> {
    await this.#end(
      once,
      "update idempotency_keys set status = $3, content_type = $4, body = $5 where caller = $1 and key = $2",
      [status, contentType, body],
    );
  }

  /** It was done, which is noted; its answer is not. */
  leave(once: OnceKey): void {
    this.#running.delete(nameOf(once));
  }

  /** It was refused, or failed: the same key may be tried again. What was done nevertheless stays noted. */
  async drop(once: OnceKey): Promise<void> {
    await this.#end(
      once,
      "delete from idempotency_keys where caller = $1 and key = $2 and coordinator_id = $3 and result is null",
      [this.#coordinatorId],
    );
  }

  async #end(once: OnceKey, statement: string, values: unknown[]): Promise<void> {
    try {
      await this.#database.pool.query(statement, [once.caller, once.key, ...values]);
    } catch (error) {
      throw translateDatabaseError(error);
    } finally {
      this.#running.delete(nameOf(once));
    }
  }

  /** False when there is such a key already. Waits for nobody: the row is locked for as long as its request is being done. */
  async #insert({ caller, key }: OnceKey, requestHash: Buffer): Promise<boolean> {
    const { rowCount } = await this.#database.pool.query(
      `insert into idempotency_keys (caller, key, request_hash, coordinator_id) values ($1, $2, $3, $4)
       on conflict (caller, key) do nothing`,
      [caller, key, requestHash, this.#coordinatorId],
    );
    return rowCount === 1;
  }

  /** A key that is a day old is free. */
  async #replaceOld({ caller, key }: OnceKey, requestHash: Buffer): Promise<boolean> {
    const { rowCount } = await this.#database.pool.query(
      `update idempotency_keys
          set request_hash = $3, coordinator_id = $4, created_at = now(), result = null, status = null, content_type = null,
              body = null
        where caller = $1 and key = $2 and created_at < now() - ${KEPT}`,
      [caller, key, requestHash, this.#coordinatorId],
    );
    return rowCount === 1;
  }

  async #judge({ caller, key }: OnceKey, requestHash: Buffer): Promise<KeptAnswer | null> {
    const { rows } = await this.#database.pool.query<KeyRow>(
      `select request_hash, coordinator_id, result is not null as worked, status, content_type, body,
              created_at < now() - ${KEPT} as old,
              exists (select 1 from coordinators c
                       where c.id = k.coordinator_id and c.renewed_at > now() - $3 * interval '1 ms') as living
         from idempotency_keys k where caller = $1 and key = $2`,
      [caller, key, LIVES_FOR_MS],
    );
    const [row] = rows;
    if (row === undefined) throw inUse();
    if (row.old) {
      if (await this.#replaceOld({ caller, key }, requestHash)) return null;
      throw inUse();
    }
    if (!row.request_hash.equals(requestHash)) {
      throw new AppError("KEY_REUSED", "This Idempotency-Key belongs to another request.");
    }
    const { status, content_type: contentType, body } = row;
    if (status !== null) return { status, contentType: contentType ?? "", body: body ?? "" };
    // What was done says so itself; then only its answer is to be made again.
    if (row.worked) return null;
    const here = row.coordinator_id === this.#coordinatorId;
    if ((row.living && !here) || !(await this.#takeOver({ caller, key }, row.coordinator_id))) throw inUse();
    return null;
  }

  /** From a coordinator that is gone. */
  async #takeOver({ caller, key }: OnceKey, from: string): Promise<boolean> {
    const { rowCount } = await this.#database.pool.query(
      `update idempotency_keys set coordinator_id = $4
        where caller = $1 and key = $2 and coordinator_id = $3 and status is null`,
      [caller, key, from, this.#coordinatorId],
    );
    return rowCount === 1;
  }

  async #forgetOld(): Promise<void> {
    if (Date.now() < this.#forgetAt) return;
    this.#forgetAt = Date.now() + FORGET_EVERY_MS;
    try {
      await this.#database.pool.query(`delete from idempotency_keys where created_at < now() - ${KEPT}`);
    } catch (error) {
      throw translateDatabaseError(error);
    }
  }
}

interface KeyRow {
  readonly request_hash: Buffer;
  readonly coordinator_id: string;
  readonly worked: boolean;
  readonly old: boolean;
  readonly living: boolean;
  readonly status: number | null;
  readonly content_type: string | null;
  readonly body: string | null;
}

function nameOf({ caller, key }: OnceKey): string {
  return JSON.stringify([caller, key]);
}

function inUse(): AppError {
  return new AppError("KEY_IN_USE", "The first request with this Idempotency-Key is still being answered.");
}
