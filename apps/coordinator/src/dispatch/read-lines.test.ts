import { expect, test } from "bun:test";
import { LineTooLong, readLines } from "./read-lines.ts";

const streamOf = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(Buffer.from(chunk, "latin1"));
      controller.close();
    },
  });
const utf8 = (text: string) => Buffer.from(text).toString("latin1");

test("lines may be cut anywhere, in the middle of a character too", async () => {
  const bytes = utf8("aé\nb\n\nlast");
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const lines = await Array.fromAsync(readLines(streamOf(bytes.slice(0, cut), bytes.slice(cut))));
    expect(lines).toEqual(["aé", "b", ""]);
  }
});

test("a line without end is refused instead of being collected for ever", async () => {
  const read = Array.fromAsync(readLines(streamOf("aaaa", "bbbb", "cccc"), { maxLineBytes: 9 }));
  expect(read).rejects.toThrow(LineTooLong);
});

test("leaving early cancels the stream", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(Buffer.from("a\n"));
    },
    cancel: () => resolve(),
  });
  for await (const line of readLines(stream)) {
    expect(line).toBe("a");
    break;
  }
  await promise;
});
