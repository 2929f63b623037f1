import { expect, test } from "bun:test";
import { StderrTail } from "./stderr-tail.ts";

function streamOf(...chunks: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(Buffer.from(chunk));
      controller.close();
    },
  });
}

test("keeps the end, whatever the chunks", async () => {
  for (const chunks of [["abcdefghij"], ["abcde", "fghij"], "abcdefghij".split(""), ["abcdefghi", "j"]]) {
    const tail = new StderrTail(streamOf(...chunks), 4);
    await tail.ended;
    expect(tail.text()).toBe("ghij");
  }
  const short = new StderrTail(streamOf("ab"), 4);
  await short.ended;
  expect(short.text()).toBe("ab");
});
