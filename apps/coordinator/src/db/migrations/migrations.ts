import initial from "./0001_initial.sql" with { type: "text" };
import batchPasswords from "./0002_batch_passwords.sql" with { type: "text" };

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/** In order, without gaps. Append only: a number that has been released never changes its text. */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: "initial", sql: initial },
  { number: 2, name: "batch_passwords", sql: batchPasswords },
];
