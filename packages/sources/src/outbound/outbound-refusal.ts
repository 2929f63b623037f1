/**
 * `credentials`: in the URL. `host`: not one that may be asked. `address`: it is somewhere that may not be reached.
 * `unknown_host`: there is no such name. `unresolved`: nobody can say at present.
 */
export type RefusalReason = "credentials" | "host" | "address" | "unknown_host" | "unresolved";

/** A request that was not made. What went wrong with one that was made is thrown as `fetch` throws it. */
export class OutboundRefusal extends Error {
  override readonly name = "OutboundRefusal";
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}
