/** Asks a server under a name that its certificate has, under another one, and again. */
import { checkedFetch } from "./checked-fetch.ts";

const port = process.argv[2] ?? "";
for (const name of ["a.test", "b.test", "a.test"]) {
  try {
    const response = await checkedFetch(
      new URL(`https://${name}:${port}/`),
      { method: "POST", headers: {}, body: "x", signal: AbortSignal.timeout(5_000) },
      { allowsHost: () => true, allowsAddress: () => true, resolve: async () => ["127.0.0.1"] },
    );
    process.stdout.write(`${await response.text()}\n`);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    process.stdout.write(`${code} ${message}\n`);
  }
}
