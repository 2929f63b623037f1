import { AppError, type ClassifySettings } from "@sluice/contracts";
import { type Logger, waitOrAbort } from "@sluice/serverkit";
import { businessTaxonomy } from "@sluice/taxonomy";
import { LlmClassifier } from "../classifiers/llm/llm-classifier.ts";
import type { LlmPrices } from "../classifiers/llm/ladder/record-call.ts";
import { Pace } from "../classifiers/llm/pace/pace.ts";
import { PROMPT_VERSION } from "../classifiers/llm/prompt/build-instructions.ts";
import type { LlmDescription, LlmServer } from "../classifiers/llm/servers/llm-server.ts";
import type { Judge, Labeller } from "./labeller.ts";

/** Few, since each may take seconds: what is lost with a worker is asked again. */
const DOCUMENTS = 8;
const LOOK_EVERY_MS = 5_000;
const DIGEST_CHARS = 12;

/**
 * An LLM's server as this worker finds it, looked at every few seconds. It is announced from when it has first answered, since its
 * name holds what it serves; while it does not answer, or has lost its model, it is announced as not available. A model that has
 * been replaced is another classifier.
 */
export class LlmLabeller {
  readonly #server: LlmServer;
  readonly #pace: Pace;
  readonly #prices: LlmPrices | null;
  readonly #withReason: boolean;
  readonly #slots: number;
  readonly #logger: Logger;
  readonly #stopped = new AbortController();
  readonly #firstLook = Promise.withResolvers<void>();
  #look = Promise.withResolvers<void>();
  #serves: { readonly classifier: string; readonly llm: LlmClassifier } | null = null;
  #available = false;
  #complaint: string | null = null;
  #loop: Promise<void> = Promise.resolve();

  /** `most`: calls at a time at most; how many there are is found by what the server sustains. */
  constructor(options: {
    server: LlmServer;
    most: number;
    prices: LlmPrices | null;
    withReason: boolean;
    logger: Logger;
  }) {
    const { server, logger } = options;
    this.#server = server;
    this.#prices = options.prices;
    this.#withReason = options.withReason;
    // One shard more than it takes to have that many calls: the next one is there when one ends.
    this.#slots = 1 + Math.ceil(options.most / DOCUMENTS);
    this.#logger = logger;
    this.#pace = new Pace({
      model: server.model,
      most: options.most,
      onChange: ({ limit, reason, latencyMs }) =>
        logger.info({ limit, reason, latencyMs }, "the pace of calls to the LLM"),
    });
  }

  /** Settles when its server has answered for the first time, or has failed to: from then on it is known what is announced. */
  async start(): Promise<void> {
    this.#loop = this.#watch();
    await this.#firstLook.promise;
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#look.resolve();
    await this.#loop;
  }

  /** None before its server has first answered. */
  get labellers(): readonly Labeller[] {
    if (this.#serves === null) return [];
    const { classifier, llm } = this.#serves;
    const { state } = this.#pace;
    return [
      {
        classifier,
        slots: this.#slots,
        documents: DOCUMENTS,
        atATime: DOCUMENTS,
        available: this.#available,
        pace: state,
        judge: (settings) => this.#judge(llm, settings),
      },
    ];
  }

  #judge(llm: LlmClassifier, { taxonomy, minConfidence }: ClassifySettings): Judge {
    const by = taxonomy ?? businessTaxonomy;
    const judge = llm.judge({ taxonomy: by, labels: by.labels, minConfidence, withReason: this.#withReason });
    return async (input, signal) => {
      const verdict = await judge(input, signal);
      if (verdict.outcome === "put_off") this.#lost(verdict.message);
      return verdict;
    };
  }

  #lost(message: string): void {
    if (!this.#available) return;
    this.#available = false;
    this.#complain(message);
    this.#look.resolve();
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      try {
        this.#found(await this.#server.describe(signal));
        this.#firstLook.resolve();
        if (!this.#available) await this.#warm(signal);
      } catch (error) {
        this.#firstLook.resolve();
        if (signal.aborted) return;
        this.#available = false;
        this.#complain(error instanceof Error ? error.message : String(error));
        if (!(error instanceof AppError)) this.#logger.error({ err: error }, "the LLM could not be looked at");
      }
      this.#look = Promise.withResolvers();
      await Promise.race([waitOrAbort(LOOK_EVERY_MS, signal), this.#look.promise]);
    }
  }

  #found(description: LlmDescription): void {
    const classifier = classifierOf(this.#server, description, this.#withReason);
    if (this.#serves?.classifier !== classifier) {
      const llm = new LlmClassifier({
        server: this.#server,
        description,
        pace: this.#pace,
        prices: this.#prices,
        serves: () => this.#available,
      });
      this.#serves = { classifier, llm };
    }
  }

  /** Until the model is loaded, its queue would only fill up. */
  async #warm(signal: AbortSignal): Promise<void> {
    await this.#server.warm(signal);
    this.#logger.info({ classifier: this.#serves?.classifier }, "the LLM is there");
    this.#available = true;
    this.#complaint = null;
  }

  /** Once for each thing that is wrong, however long it lasts. */
  #complain(message: string): void {
    if (message === this.#complaint) return;
    this.#complaint = message;
    this.#logger.warn(
      { model: this.#server.model, fault: message },
      "the LLM does not serve; what waits for it goes on when it does",
    );
  }
}

/** What can change a label: our prompt and ladder, the server's kind, the very model, and how much text it is shown, and whether it is asked why. */
function classifierOf(
  { kind, contextTokens }: LlmServer,
  { model, digest }: LlmDescription,
  withReason: boolean,
): string {
  const version = digest === null ? "" : `@${digest.slice(0, DIGEST_CHARS)}`;
  return `llm@${PROMPT_VERSION}/${kind}/${model}${version}/${contextTokens}${withReason ? "/reasons" : ""}`;
}
