/** Commands that say who is told of events without asking. */
import { Argument, Command, Option } from "@commander-js/extra-typings";
import type { DeliveryState, EventType } from "@sluice/contracts";
import { eachOneOf, oneOf, wholeNumber } from "./parse-values.ts";
import { dataDirOption, databaseUrlOption, jsonOption, serverOption, tokenOption } from "./place-options.ts";
import { examples, type RunCommand } from "./run-command.ts";

// Only their types are asked for: loading the schemas would cost every help text their time.
const EVENTS: Record<EventType, true> = {
  "batch.opened": true,
  "batch.sealed": true,
  "batch.paused": true,
  "batch.resumed": true,
  "batch.priority": true,
  "batch.retried": true,
  "batch.continued": true,
  "batch.done": true,
  "batch.cancelled": true,
  "batch.deleted": true,
};
const STATES: Record<DeliveryState, true> = { pending: true, delivered: true, failed: true, dropped: true };

const webhookSyntax = (name: string, summary: string) =>
  new Command(name)
    .summary(summary)
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption());
export type WebhooksFlags = ReturnType<ReturnType<typeof webhookSyntax>["opts"]>;

const webhookArgument = () =>
  new Argument("<webhook>", "id of a webhook, or the start of one, as `webhooks list` shows");

const createSyntax = () =>
  webhookSyntax("create", "have events sent to a URL, and show the secret that signs them, this once")
    .addArgument(new Argument("<url>", "https://…; others only at hosts that the server is configured to trust"))
    .addOption(
      new Option("--event <type>", "only these, such as batch.done (may be repeated; default: all)").argParser(
        eachOneOf(Object.keys(EVENTS) as EventType[]),
      ),
    )
    .addOption(new Option("--batch <batch>", "only those of one batch: an id, the start of one, or `latest`"))
    .addOption(new Option("--description <text>", "for people: who listens there"))
    .addHelpText(
      "after",
      examples([
        ["sluice webhooks create https://hooks.example/in --event batch.done", "called when a batch has ended"],
        ["sluice webhooks create https://hooks.example/in > secret", "the secret alone goes to stdout"],
      ]),
    );
export type CreateWebhookFlags = ReturnType<ReturnType<typeof createSyntax>["opts"]>;

const deliveriesSyntax = () =>
  webhookSyntax("deliveries", "what was and is to be sent, the newest first, and what came of it")
    .addArgument(webhookArgument())
    .addOption(
      new Option("--state <state>", "only those in this state").argParser(
        oneOf(Object.keys(STATES) as DeliveryState[]),
      ),
    )
    .addOption(new Option("--limit <n>", "how many (default: 20)").argParser(wholeNumber(1, 1_000)))
    .addHelpText(
      "after",
      examples([["sluice webhooks deliveries 0197a0 --state failed", "what never arrived, and why"]]),
    );
export type DeliveriesFlags = ReturnType<ReturnType<typeof deliveriesSyntax>["opts"]>;

export function webhooksCommand(run: RunCommand) {
  const load = async () => await import("../commands/webhooks.ts");
  return new Command("webhooks")
    .summary("say who is told of events without asking")
    .description("Events of batches are POSTed to URLs, signed and tried again until they arrive; docs/events.md.")
    .addHelpText(
      "after",
      examples([
        ["sluice webhooks create https://hooks.example/in --event batch.done", "called when a batch has ended"],
        ["sluice webhooks test 0197a0", "whether it arrives, and what the receiver says"],
        ["sluice webhooks deliveries 0197a0", "what was sent, and what came of it"],
      ]),
    )
    .addCommand(
      webhookSyntax("list", "what webhooks there are").action((flags) =>
        run(flags, async (context) => (await load()).listWebhooks(flags, context)),
      ),
      { isDefault: true },
    )
    .addCommand(
      createSyntax().action((url, flags) =>
        run(flags, async (context) => (await load()).createWebhook(url, flags, context)),
      ),
    )
    .addCommand(
      webhookSyntax("delete", "send nothing more to it; what waits for it is dropped")
        .addArgument(webhookArgument())
        .addHelpText("after", examples([["sluice webhooks delete 0197a0", "the start of its id is enough"]]))
        .action((webhook, flags) =>
          run(flags, async (context) => (await load()).deleteWebhook(webhook, flags, context)),
        ),
    )
    .addCommand(
      deliveriesSyntax().action((webhook, flags) =>
        run(flags, async (context) => (await load()).listDeliveries(webhook, flags, context)),
      ),
    )
    .addCommand(
      webhookSyntax("redeliver", "send a delivery that has ended once more, and say what comes of it")
        .addArgument(webhookArgument())
        .addArgument(new Argument("<delivery>", "its id, or the start of it, as `webhooks deliveries` shows"))
        .addHelpText("after", examples([["sluice webhooks redeliver 0197a0 0197b3", "after the receiver was mended"]]))
        .action((webhook, delivery, flags) =>
          run(flags, async (context) => (await load()).redeliver(webhook, delivery, flags, context)),
        ),
    )
    .addCommand(
      webhookSyntax("test", "send a test, and say what comes of it")
        .addArgument(webhookArgument())
        .addHelpText(
          "after",
          examples([["sluice webhooks test 0197a0 && echo heard", "ends with 1 unless it arrived"]]),
        )
        .action((webhook, flags) => run(flags, async (context) => (await load()).testWebhook(webhook, flags, context))),
    );
}
