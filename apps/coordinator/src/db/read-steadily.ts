import type { Client, Database } from "./database.ts";
import { translateDatabaseError } from "./database-error.ts";

/** Reads of one moment in a transaction of its own, for as long as somebody takes them; `rows` fetches a statement's bit by bit. */
export interface SteadyRead {
  readonly client: Client;
  rows<Row extends object>(text: string, values: unknown[], rowsPerFetch: number): AsyncGenerator<Row[]>;
}

/**
 * Hands out what `read` yields. The server keeps what a statement has not given yet, so that memory here is bounded by one fetch.
 * A reader that takes nothing for a minute is given up.
 */
export async function* readSteadily<Result>(
  { streams }: Database,
  read: (from: SteadyRead) => AsyncGenerator<Result>,
): AsyncGenerator<Result> {
  let client: Client;
  try {
    client = await streams.connect();
  } catch (error) {
    throw translateDatabaseError(error);
  }
  let fault: Error | boolean = false;
  try {
    await client.query("begin isolation level repeatable read read only");
    yield* read({ client, rows: (text, values, rowsPerFetch) => fetchRows(client, text, values, rowsPerFetch) });
  } catch (error) {
    fault = error instanceof Error ? error : true;
    throw translateDatabaseError(error);
  } finally {
    // After a fault the connection may be in any state; one that is left early only has a transaction to end.
    if (fault !== false) client.release(fault);
    else {
      await client.query("rollback").then(
        () => client.release(),
        (error: unknown) => client.release(error instanceof Error ? error : true),
      );
    }
  }
}

async function* fetchRows<Row extends object>(
  client: Client,
  text: string,
  values: unknown[],
  rowsPerFetch: number,
): AsyncGenerator<Row[]> {
  await client.query(`declare steady no scroll cursor for ${text}`, values);
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${rowsPerFetch} from steady`);
    if (rows.length > 0) yield rows;
    if (rows.length < rowsPerFetch) break;
  }
  await client.query("close steady");
}
