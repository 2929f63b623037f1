import { AppError } from "@sluice/contracts";
import type { Caller } from "../auth/token-store.ts";
import type { DefaultLimits } from "./limits.ts";

/**
 * Answers that go on for as long as somebody reads them, by token: each holds a connection, and may hold a cursor. Answers
 * of one piece are over before anybody could pile them up.
 */
export class OpenStreams {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  constructor({ streams }: Pick<DefaultLimits, "streams">) {
    this.#most = streams;
  }

  /** Counts a caller's stream until it has ended. QUOTA_STREAMS past the limit, which holds for `submit` tokens. */
  hold(caller: Caller, response: Response): Response {
    if (this.#most === 0 || caller.limits === null || caller.role !== "submit" || !isStream(response)) return response;
    const open = this.#open.get(caller.id) ?? 0;
    if (open >= this.#most) {
      void response.body?.cancel();
      throw new AppError("QUOTA_STREAMS", `This token has ${open} streams open, which is as many as it may.`, {
        context: { streams: this.#most },
      });
    }
    this.#open.set(caller.id, open + 1);
    const { status, headers } = response;
    return new Response(
      endNoted(response.body, () => this.#ended(caller.id)),
      { status, headers },
    );
  }

  #ended(id: string): void {
    const left = (this.#open.get(id) ?? 1) - 1;
    if (left === 0) this.#open.delete(id);
    else this.#open.set(id, left);
  }
}

function isStream(response: Response): boolean {
  if (response.headers.has("content-length")) return false;
  const type = response.headers.get("content-type") ?? "application/json";
  return !/^application\/(?:problem\+)?json\b/.test(type);
}

/** The same bytes, pulled as they are read. `ended` is called once, whichever side ends it. */
function endNoted(body: ReadableStream<Uint8Array> | null, ended: () => void): ReadableStream<Uint8Array> | null {
  if (body === null) {
    ended();
    return null;
  }
  const reader = body.getReader();
  let over = false;
  const end = () => {
    if (!over) ended();
    over = true;
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) {
          controller.enqueue(value);
          return;
        }
        end();
        controller.close();
      } catch (error) {
        end();
        controller.error(error);
      }
    },
    async cancel(reason) {
      end();
      await reader.cancel(reason);
    },
  });
}
