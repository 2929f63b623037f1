import { textLines } from "./text-lines.ts";

export interface ServerSentEvent {
  event: string;
  data: string;
  /** Of this event, or of the last one before it that had one. */
  id: string | null;
}

/** The events of a `text/event-stream` (WHATWG HTML, 9.2.6); comments and fields that we do not use are passed over. */
export async function* serverSentEvents(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  let event = "message";
  let data: string[] = [];
  let id: string | null = null;
  for await (const line of textLines(chunks)) {
    if (line === "") {
      if (data.length > 0) yield { event, data: data.join("\n"), id };
      event = "message";
      data = [];
      continue;
    }
    const colon = line.indexOf(":");
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") data.push(value);
    else if (field === "event") event = value;
    else if (field === "id" && !value.includes("\0")) id = value;
  }
}
