import { expect, test } from "bun:test";
import { AnswerReader, AnswerTooLong } from "./answer-reader.ts";

const streamOf = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(Buffer.from(chunk, "latin1"));
      controller.close();
    },
  });
const utf8 = (text: string) => Buffer.from(text).toString("latin1");

test("lines and what follows them may be cut anywhere, in the middle of a character too", async () => {
  const bytes = utf8("aé\nb\nx\néy\n\nlast");
  for (let first = 0; first <= bytes.length; first += 1) {
    for (let second = first; second <= bytes.length; second += 1) {
      const chunks = [bytes.slice(0, first), bytes.slice(first, second), bytes.slice(second)];
      await using reader = new AnswerReader(streamOf(...chunks));
      expect(await reader.line()).toBe("aé");
      expect(await reader.line()).toBe("b");
      expect(Buffer.from((await reader.bytes(4)) ?? []).toString()).toBe("x\né");
      expect(await reader.bytes(0)).toHaveLength(0);
      expect(await reader.line()).toBe("y");
      expect(await reader.line()).toBe("");
      expect(await reader.line()).toBeNull();
    }
  }
});

test("a text that ends before its end is none", async () => {
  await using reader = new AnswerReader(streamOf("a\nbc", "d"));
  expect(await reader.line()).toBe("a");
  expect(await reader.bytes(4)).toBeNull();
});

test("a line without end is refused instead of being collected for ever, and so is the announcement of a huge text", async () => {
  await using reader = new AnswerReader(streamOf("aaaa", "bbbb", "cccc"), { maxBytes: 9 });
  expect(reader.line()).rejects.toThrow(AnswerTooLong);
  await using other = new AnswerReader(streamOf("a\n"), { maxBytes: 9 });
  expect(other.bytes(10)).rejects.toThrow(AnswerTooLong);
});

test("leaving early cancels the stream", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(Buffer.from("a\n"));
    },
    cancel: () => resolve(),
  });
  {
    await using reader = new AnswerReader(stream);
    expect(await reader.line()).toBe("a");
  }
  await promise;
});
