/** What a submission may ask for: options of its batch, frozen when that opens. */
import { Option } from "@commander-js/extra-typings";
import { MOST_CONCURRENT } from "@sluice/contracts";
import { decimalNumber, oneOf, wholeNumber } from "./parse-values.ts";

export interface BatchFlags {
  readonly classifier?: "rules" | "model" | "llm" | "none" | undefined;
  readonly taxonomy?: string | undefined;
  readonly model?: string | undefined;
  readonly minConfidence?: number | undefined;
  readonly force?: true | undefined;
  readonly deduplicate: boolean;
  readonly nearDuplicates: boolean;
  readonly store?: "full" | "meta" | undefined;
  readonly priority?: "interactive" | "normal" | "bulk" | undefined;
  readonly maxConcurrent?: number | undefined;
  /** Seconds. */
  readonly timeout?: number | undefined;
  /** Megabytes. */
  readonly memory?: number | undefined;
}

export const classifierOption = () =>
  new Option("--classifier <name>", "rules, model, llm or none (default: rules)").argParser(
    oneOf(["rules", "model", "llm", "none"], {
      cascade: "`cascade BATCH` labels a batch in this way that has been classified or only read.",
    }),
  );

export const modelOption = () =>
  new Option("--model <model>", "with --classifier model: which one, as `models` lists them, or latest");

export const taxonomyOption = () => new Option("--taxonomy <file>", "categories of your own, as JSON or YAML");

export const minConfidenceOption = () =>
  new Option("--min-confidence <x>", "withhold labels below this, 0 to 1").argParser(decimalNumber(0, 1));

export const forceOption = () => new Option("--force", "read again what has not changed");

export const noDeduplicateOption = () => new Option("--no-deduplicate", "read copies of the same bytes again");

export const noNearDuplicatesOption = () =>
  new Option("--no-near-duplicates", "where an LLM judges: ask it about texts that are almost the same, too");

export const storeOption = () =>
  new Option("--store <what>", "full, or meta to keep no page text (default: full)").argParser(oneOf(["full", "meta"]));

export const limitOption = () =>
  new Option("--limit <n>", "stop after so many files").argParser(wholeNumber(1, 2_147_483_647));

export const priorityOption = () =>
  new Option("--priority <priority>", "interactive, normal or bulk (default: normal)").argParser(
    oneOf(["interactive", "normal", "bulk"]),
  );

export const maxConcurrentOption = () =>
  new Option(
    "--max-concurrent <n>",
    "documents in work at a time at most, over all workers (default: no limit)",
  ).argParser(wholeNumber(1, MOST_CONCURRENT));

export const timeoutOption = () =>
  new Option("--timeout <seconds>", "time one document may take (default: 60)").argParser(decimalNumber(0.01, 3_600));

export const memoryOption = () =>
  new Option("--memory <MB>", "memory one document may take (default: 2048)").argParser(wholeNumber(64, 65_536));
