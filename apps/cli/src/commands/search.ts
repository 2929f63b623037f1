import type { SearchHit } from "@sluice/contracts";
import type { SearchFound, SluiceClient } from "@sluice/client";
import type { SearchFlags } from "../arguments/search-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { formatHit, formatSearchable } from "../output/format-hits.ts";
import { printJson, printStdout } from "../output/stdout.ts";

const DEFAULT_LIMIT = 10;
const HITS_AN_ANSWER = 100;
// What was classified just now is searchable within seconds; of half a million documents nobody waits for that.
const WAIT_FOR_INDEX_MS = 30_000;
const LOOK_EVERY_MS = 300;

/** `search WORDS`: pages that have them, the best first. */
export async function search(words: string[], flags: SearchFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const { client } = cluster;
  const batch = flags.batch === undefined ? undefined : await resolveBatch(client, flags.batch);
  const limit = flags.limit ?? DEFAULT_LIMIT;
  const options = {
    batch,
    category: flags.category,
    language: flags.language,
    limit: Math.min(limit, HITS_AN_ANSWER),
    signal: context.interrupt.take(),
  };
  const query = words.join(" ");
  // Nobody else makes searchable what is in a folder of this machine.
  if (cluster.own) await waitForIndex(client, query, options);
  const hits: SearchHit[] = [];
  let last: Omit<SearchFound, "hits"> | null = null;
  for await (const { hits: some, ...found } of client.search(query, options)) {
    hits.push(...some);
    last = found;
    if (hits.length >= limit) break;
  }
  const shown = hits.slice(0, limit);
  if (flags.json === true) {
    await printJson({ query, hits: shown, ...last });
    return EXIT.ok;
  }
  const { paint, width } = context.stdout;
  await printStdout(shown.map((hit) => `${formatHit(hit, width(), paint)}\n`).join(""));
  if (last !== null) context.stderr.write(`${formatSearchable(shown.length, last)}\n`);
  return EXIT.ok;
}

async function waitForIndex(
  client: SluiceClient,
  query: string,
  options: { batch: string | undefined; signal: AbortSignal },
): Promise<void> {
  const until = performance.now() + WAIT_FOR_INDEX_MS;
  while (performance.now() < until) {
    const { batch, signal } = options;
    const { value } = await client.search(query, { batch, signal, limit: 1 })[Symbol.asyncIterator]().next();
    if (value === undefined || value.searchable.items >= value.searchable.of) return;
    await Bun.sleep(LOOK_EVERY_MS);
  }
}
