import { expect, test } from "bun:test";
import { awaitNews, News } from "./news.ts";

const never = new AbortController().signal;
const LONG_MS = 60_000;

test("whoever waits hears of a change of any of them, and of one that came before he waited", async () => {
  const [first, second] = [new News(), new News()];
  const seen = [
    [first, first.version],
    [second, second.version],
  ] as const;
  const waiting = awaitNews(seen, LONG_MS, never);
  second.announce();
  await waiting;
  await awaitNews(seen, LONG_MS, never);
});

test("a wait ends with its time or its signal, and leaves nothing behind", async () => {
  const news = new News();
  let ends = 0;
  const listen = news.listen.bind(news);
  news.listen = (listener) => {
    const end = listen(listener);
    return () => {
      ends += 1;
      end();
    };
  };
  await awaitNews([[news, news.version]], 1, never);
  const abort = new AbortController();
  const waiting = awaitNews([[news, news.version]], LONG_MS, abort.signal);
  abort.abort();
  await waiting;
  await awaitNews([[news, news.version]], LONG_MS, abort.signal);
  expect(ends).toBe(2);
});
