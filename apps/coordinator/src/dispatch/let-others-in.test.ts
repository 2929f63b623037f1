import { expect, test } from "bun:test";
import { AnswerReader } from "./answer-reader.ts";

/** Lines that are all there before they are read. */
function whole(lines: number): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (let line = 0; line < lines; line += 1) controller.enqueue(new TextEncoder().encode(`${line}\n`));
      controller.close();
    },
  });
}

function work(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test("several answers that are there as a whole let others in while they are read", async () => {
  let turns = 0;
  let reading = true;
  const count = () => {
    turns += 1;
    if (reading) setTimeout(count, 0);
  };
  setTimeout(count, 0);
  const readAll = async () => {
    await using reader = new AnswerReader(whole(40));
    while ((await reader.line()) !== null) work(2);
  };
  // 240 ms of work.
  await Promise.all([readAll(), readAll(), readAll()]);
  reading = false;
  expect(turns).toBeGreaterThan(6);
});
