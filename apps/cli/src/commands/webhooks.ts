import type { SluiceClient } from "@sluice/client";
import type { CreateWebhookRequest, Delivery } from "@sluice/contracts";
import type { CreateWebhookFlags, DeliveriesFlags, WebhooksFlags } from "../arguments/webhook-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { resolveId } from "../batch/resolve-id.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { formatDeliveries, formatDelivery, formatWebhooks } from "../output/format-webhooks.ts";
import { printJson, printStdout } from "../output/stdout.ts";

/** A receiver has ten seconds to answer; the rest is for the coordinator to come round to it. */
const FIRST_TRY_WITHIN_MS = 20_000;
const ASK_EVERY_MS = 200;
/** How far back the start of a delivery's id is looked for. */
const SEARCHED_DELIVERIES = 1_000;

/** `webhooks list`: who is told of what. */
export async function listWebhooks(flags: WebhooksFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const webhooks = await cluster.client.listWebhooks();
  if (flags.json === true) await printJson({ webhooks });
  else await printStdout(formatWebhooks(webhooks, context.stdout));
  return EXIT.ok;
}

/** `webhooks create URL`: the secret alone on stdout, so that it can be piped into a file. */
export async function createWebhook(
  url: string,
  flags: CreateWebhookFlags,
  context: CommandContext,
): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const { client } = cluster;
  const request: CreateWebhookRequest = { url };
  if (flags.event !== undefined) request.types = [...flags.event];
  if (flags.batch !== undefined) request.batchId = await resolveBatch(client, flags.batch);
  if (flags.description !== undefined) request.description = flags.description;
  const made = await client.createWebhook(request);
  if (flags.json === true) {
    await printJson(made);
    return EXIT.ok;
  }
  context.stderr.write(`webhook ${made.webhook.webhookId}; the secret that signs what it gets, shown this once:\n`);
  await printStdout(`${made.secret}\n`);
  return EXIT.ok;
}

/** `webhooks delete WEBHOOK`. */
export async function deleteWebhook(text: string, flags: WebhooksFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const webhookId = await resolveWebhook(cluster.client, text);
  await cluster.client.deleteWebhook(webhookId);
  if (flags.json === true) await printJson({ webhookId, deleted: true });
  else await printStdout(`webhook ${webhookId} is deleted\n`);
  return EXIT.ok;
}

/** `webhooks deliveries WEBHOOK`: the log. */
export async function listDeliveries(text: string, flags: DeliveriesFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const webhookId = await resolveWebhook(cluster.client, text);
  const { deliveries } = await cluster.client.listDeliveries(webhookId, {
    limit: flags.limit ?? 20,
    ...(flags.state === undefined ? {} : { state: flags.state }),
  });
  if (flags.json === true) await printJson({ webhookId, deliveries });
  else await printStdout(formatDeliveries(deliveries, context.stdout));
  return EXIT.ok;
}

/** `webhooks redeliver WEBHOOK DELIVERY`. */
export async function redeliver(
  webhook: string,
  delivery: string,
  flags: WebhooksFlags,
  context: CommandContext,
): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const { client } = cluster;
  const webhookId = await resolveWebhook(client, webhook);
  const deliveryId = await resolveId(delivery, {
    what: "delivery",
    shownBy: "webhooks deliveries",
    list: async () => (await recent(client, webhookId)).map((each) => each.deliveryId),
  });
  return await follow(client, webhookId, await client.redeliver(webhookId, deliveryId), flags, context);
}

/** `webhooks test WEBHOOK`. */
export async function testWebhook(text: string, flags: WebhooksFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const { client } = cluster;
  const webhookId = await resolveWebhook(client, text);
  return await follow(client, webhookId, await client.testWebhook(webhookId), flags, context);
}

/** Stays for the first try, which tells whether the receiver is there; later ones go on without anybody. */
async function follow(
  client: SluiceClient,
  webhookId: string,
  delivery: Delivery,
  flags: WebhooksFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const { deliveryId, lastTriedAt } = delivery;
  const until = performance.now() + FIRST_TRY_WITHIN_MS;
  let standing = delivery;
  while (standing.state === "pending" && standing.lastTriedAt === lastTriedAt && performance.now() < until) {
    await Bun.sleep(ASK_EVERY_MS);
    const found = (await recent(client, webhookId)).find((each) => each.deliveryId === deliveryId);
    standing = found ?? standing;
  }
  if (flags.json === true) await printJson({ webhookId, delivery: standing });
  else await printStdout(`${formatDelivery(standing, context.stdout.paint)}\n`);
  return standing.state === "delivered" ? EXIT.ok : EXIT.someFailed;
}

async function recent(client: SluiceClient, webhookId: string): Promise<readonly Delivery[]> {
  return (await client.listDeliveries(webhookId, { limit: SEARCHED_DELIVERIES })).deliveries;
}

function resolveWebhook(client: SluiceClient, text: string): Promise<string> {
  return resolveId(text, {
    what: "webhook",
    shownBy: "webhooks list",
    list: async () => (await client.listWebhooks()).map(({ webhookId }) => webhookId),
  });
}
