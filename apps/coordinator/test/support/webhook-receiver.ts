import { join } from "node:path";
import { type BatchEvent, batchEventSchema, type WebhookMessage, webhookMessageSchema } from "@sluice/contracts";

export interface Received {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface WebhookReceiver extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  readonly received: Received[];
  kill(): Promise<void>;
}

/** A receiver as a process of its own, as receivers are; with a port, where another one was. */
export async function startReceiver(port = 0): Promise<WebhookReceiver> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "webhook-receiver-main.ts"), String(port)], {
    env: { PATH: Bun.env["PATH"] ?? "" },
    stdout: "pipe",
    stderr: "inherit",
  });
  const received: Received[] = [];
  const listening = Promise.withResolvers<number>();
  void (async () => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of child.stdout) {
      const lines = (text + decoder.decode(chunk, { stream: true })).split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) {
        if (/^\d+$/.test(line)) listening.resolve(Number(line));
        else received.push(JSON.parse(line));
      }
    }
    listening.reject(new Error("the receiver ended"));
  })();
  const kill = async () => {
    child.kill("SIGKILL");
    await child.exited;
  };
  const listeningPort = await listening.promise;
  return {
    port: listeningPort,
    url: `http://127.0.0.1:${listeningPort}`,
    received,
    kill,
    [Symbol.asyncDispose]: kill,
  };
}

export function messageOf({ body }: Received): WebhookMessage {
  return webhookMessageSchema.parse(JSON.parse(body));
}

export function eventOf(received: Received): BatchEvent {
  return batchEventSchema.parse(messageOf(received).data);
}
