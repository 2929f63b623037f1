import { formatCount } from "@sluice/client";
import type { Delivery, Webhook } from "@sluice/contracts";
import type { Colour, Paint } from "./paint.ts";
import { safeText } from "./safe-text.ts";
import { formatTable } from "./table.ts";
import type { Terminal } from "./terminal.ts";

type Look = Pick<Terminal, "width" | "paint">;

/** Webhooks in a line each. */
export function formatWebhooks(webhooks: readonly Webhook[], { width, paint }: Look): string {
  if (webhooks.length === 0) return "no webhook yet; `webhooks create URL` makes one\n";
  const columns = [
    { title: "id", shrinkTo: 13 },
    { title: "stands" },
    { title: "waiting", align: "right" },
    { title: "events", shrinkTo: 10 },
    { title: "url", shrinkTo: 12, keep: "end" },
    { title: "description", shrinkTo: 8 },
  ] as const;
  const rows = webhooks.map((webhook) => [
    webhook.webhookId,
    webhook.disabledAt === null ? "on" : "refused",
    formatCount(webhook.pending),
    eventsOf(webhook),
    safeText(webhook.url),
    safeText(webhook.description ?? ""),
  ]);
  const lines = formatTable(columns, rows, width(), (cell, row) => (row < 0 ? paint("bold", cell) : cell));
  return `${lines.join("\n")}\n`;
}

/** Deliveries in a line each, and the reason of the last failure below. */
export function formatDeliveries(deliveries: readonly Delivery[], { width, paint }: Look): string {
  if (deliveries.length === 0) return "nothing was sent yet\n";
  const columns = [
    { title: "id", shrinkTo: 13 },
    { title: "made (UTC)", shrinkTo: 16 },
    { title: "event", shrinkTo: 10 },
    { title: "state" },
    { title: "tries", align: "right" },
    { title: "said", shrinkTo: 8 },
  ] as const;
  const rows = deliveries.map((delivery) => [
    delivery.deliveryId,
    second(delivery.createdAt),
    safeText(delivery.type),
    delivery.state,
    formatCount(delivery.tries),
    answerOf(delivery),
  ]);
  const lines = formatTable(columns, rows, width(), (cell, row, column) => {
    if (row < 0) return paint("bold", cell);
    return column === 3 ? paint(COLOURS[deliveries[row]?.state ?? "pending"], cell) : cell;
  });
  return `${lines.join("\n")}\n`;
}

/** What came of one, in a line or two. */
export function formatDelivery(delivery: Delivery, paint: Paint): string {
  const { state, tries, latencyMs, nextTryAt } = delivery;
  const took = latencyMs === null ? "" : ` after ${formatCount(latencyMs)} ms`;
  const answer = answerOf(delivery);
  const head = `delivery ${delivery.deliveryId} ${paint(COLOURS[state], state)}${answer === "" ? "" : `: ${answer}${took}`}`;
  if (state !== "pending") return head;
  const next = nextTryAt === null ? "it is tried again" : `it is tried again at ${second(nextTryAt)} UTC`;
  return `${head}\n  ${tries === 0 ? "not tried yet; " : ""}${next}`;
}

const COLOURS: Record<Delivery["state"], Colour> = {
  delivered: "green",
  pending: "yellow",
  failed: "red",
  dropped: "dim",
};

function eventsOf({ types, batchId }: Webhook): string {
  const events = types === null ? "all" : types.map(safeText).join(", ");
  return batchId === null ? events : `${events} of ${batchId}`;
}

/** What the receiver said, or why it said nothing. */
function answerOf({ status, error }: Delivery): string {
  return error === null ? (status === null ? "" : String(status)) : safeText(error);
}

function second(time: string): string {
  return time.slice(0, 19).replace("T", " ");
}
