import { Turns } from "../db/turns.ts";

/** Looks at one server at a time: what a small site bears, and most of what a large one gives. */
const OF_ONE_HOST = 8;
/** Looks under way in this process, whoever waits for them. */
const ALTOGETHER = 64;

/** Who asks servers that others own does so a few times at once, over all batches. */
export class HostTurns {
  readonly #ofHost = new Map<string, Turns>();
  readonly #all = new Turns(ALTOGETHER);

  async take<Result>(host: string, work: () => Promise<Result>): Promise<Result> {
    const turns = this.#ofHost.get(host) ?? new Turns(OF_ONE_HOST);
    this.#ofHost.set(host, turns);
    try {
      return await turns.take(() => this.#all.take(work));
    } finally {
      if (turns.idle) this.#ofHost.delete(host);
    }
  }
}
