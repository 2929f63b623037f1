import { lookup } from "node:dns/promises";
import type { SourcePlace } from "@sluice/contracts/source-uri";
import { guardedFetch, type HttpRules } from "./http/guarded-fetch.ts";
import { hostAllowList } from "./outbound/host-allow-list.ts";
import { type Network, parseNetwork } from "./outbound/public-address.ts";
import type { RandomReader } from "./random-reader.ts";
import type { RemoteSettings } from "./remote-settings.ts";
import { objectVersion, S3Access } from "./s3/s3-access.ts";
import { SourceFault } from "./source-fault.ts";

/** `link`: a signed address that a coordinator made, which is asked as it is. */
export type RemotePlace =
  | Extract<SourcePlace, { scheme: "s3" | "http" }>
  | { readonly scheme: "link"; readonly url: string; readonly version: string };

export interface RemoteFacts {
  /** null: the server does not say. */
  readonly size: number | null;
  /** `etag:…`, else `modified:…`; where a server gives neither, of this moment, so that nothing equals it. */
  readonly version: string;
}

export interface RemoteBody extends RemoteFacts {
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface RemoteReader extends RandomReader {
  readonly version: string;
}

const SENDS = 3;
const FIRST_REST_MS = 200;
/** A server that says nothing for so long is as good as down. */
const SILENCE_MS = 15_000;
/** After a connection that could not be made, the same server is not tried again for so long: what else lies there fails at once. */
const REST_AFTER_SILENCE_MS = 5_000;

/** Reads sources of other machines. Everything it throws is a SourceFault; what may pass is SOURCE_UNAVAILABLE. */
export class RemoteSources {
  readonly s3: S3Access | null;
  readonly #http: HttpRules;
  readonly #silentUntil = new Map<string, number>();

  constructor(settings: RemoteSettings, resolve: HttpRules["resolve"] = resolveAll) {
    this.s3 = settings.s3 === null ? null : new S3Access(settings.s3);
    const networks = settings.httpNetworks.map(parseNetwork).filter((network): network is Network => network !== null);
    this.#http = { allows: hostAllowList(settings.httpHosts), networks, ca: settings.ca, resolve };
  }

  /** Size and version, without the bytes. */
  async facts(place: RemotePlace, signal: AbortSignal): Promise<RemoteFacts> {
    const patience = new Patience(signal);
    try {
      if (place.scheme === "link") return await this.#linkFacts(place, patience);
      const head = await this.#ask(place, "HEAD", {}, patience);
      if (head.status !== 405 && head.status !== 501) return this.#accepted(head, place, [200]);
      const get = await this.#ask(place, "GET", {}, patience);
      const facts = await this.#accepted(get, place, [200]);
      await get.body?.cancel();
      return facts;
    } finally {
      patience.end();
    }
  }

  /** A link is signed for reading alone. */
  async #linkFacts(place: RemotePlace, patience: Patience): Promise<RemoteFacts> {
    const response = await this.#ask(place, "GET", { range: "bytes=0-0", "accept-encoding": "identity" }, patience);
    const facts = await this.#accepted(response, place, [200, 206]);
    await response.body?.cancel();
    const [, total] = /\/(\d{1,15})$/.exec(response.headers.get("content-range") ?? "") ?? [];
    return total === undefined ? facts : { ...facts, size: Number(total) };
  }

  /** The whole of it. `maxBytes`: SOURCE_TOO_LARGE, before the download where the server says its size. */
  async open(place: RemotePlace, maxBytes: number, signal: AbortSignal): Promise<RemoteBody> {
    const patience = new Patience(signal);
    try {
      const response = await this.#ask(place, "GET", { "accept-encoding": "identity" }, patience);
      const facts = await this.#accepted(response, place, [200]);
      if (facts.size !== null && facts.size > maxBytes) {
        await response.body?.cancel();
        throw new SourceFault("SOURCE_TOO_LARGE", `It has ${facts.size} bytes; this batch accepts ${maxBytes}.`);
      }
      return { ...facts, bytes: bodyOf(response, facts.size, patience) };
    } catch (error) {
      patience.end();
      throw error;
    }
  }

  /** For what is read in parts: every part is of the version that was found first. Needs a server that answers ranges. */
  async reader(place: RemotePlace, signal: AbortSignal): Promise<RemoteReader> {
    const { size, version } = await this.facts(place, signal);
    if (size === null) throw new SourceFault("SOURCE_UNREADABLE", "The server does not say how large it is.");
    const match = version.startsWith("etag:") ? { "if-match": version.slice("etag:".length) } : {};
    const quoted = place.scheme === "s3" && "if-match" in match ? { "if-match": `"${match["if-match"]}"` } : match;
    const read = async function* (this: RemoteSources, start: number, end: number) {
      if (start >= end) return;
      const patience = new Patience(signal);
      try {
        const whole = start === 0 && end === size;
        const range: Record<string, string> = whole ? {} : { range: `bytes=${start}-${end - 1}` };
        const headers = { ...quoted, ...range, "accept-encoding": "identity" };
        const response = await this.#ask(place, "GET", headers, patience);
        await this.#accepted(response, place, [whole ? 200 : 206]);
        yield* bodyOf(response, end - start, patience);
      } finally {
        patience.end();
      }
    };
    return { size, version, read: read.bind(this) };
  }

  async #ask(
    place: RemotePlace,
    method: "GET" | "HEAD",
    headers: Record<string, string>,
    patience: Patience,
  ): Promise<Response> {
    const origin = place.scheme === "s3" ? `s3://${place.bucket}` : new URL(place.url).origin;
    if ((this.#silentUntil.get(origin) ?? 0) > Date.now()) {
      throw new SourceFault("SOURCE_UNAVAILABLE", `${origin} did not answer a moment ago.`);
    }
    for (let sends = 1; ; sends += 1) {
      try {
        patience.renew();
        const response = await this.#send(place, { method, headers, signal: patience.signal });
        if (!passes(response.status) || sends === SENDS) return response;
        await response.body?.cancel();
      } catch (error) {
        if (error instanceof SourceFault) throw error;
        patience.outer.throwIfAborted();
        if (patience.signal.aborted || sends === SENDS) {
          this.#silentUntil.set(origin, Date.now() + REST_AFTER_SILENCE_MS);
          throw unavailable(origin, error);
        }
      }
      await rest(FIRST_REST_MS * 2 ** (sends - 1) * (0.5 + Math.random()), patience.outer);
    }
  }

  async #send(
    place: RemotePlace,
    request: { method: "GET" | "HEAD"; headers: Record<string, string>; signal: AbortSignal },
  ): Promise<Response> {
    if (place.scheme === "http") return await guardedFetch(place.url, request, this.#http);
    return await fetch(place.scheme === "link" ? place.url : this.#s3Link(place, request.method), {
      ...request,
      redirect: "manual",
      decompress: false,
    });
  }

  #s3Link(place: Extract<RemotePlace, { scheme: "s3" }>, method: "GET" | "HEAD"): string {
    if (this.s3 === null)
      throw new SourceFault("SOURCE_NOT_ALLOWED", "No S3 is configured here (SLUICE_S3_ACCESS_KEY_ID).");
    return this.s3.link(place.bucket, place.key, method);
  }

  async #accepted(response: Response, place: RemotePlace, statuses: readonly number[]): Promise<RemoteFacts> {
    if (!statuses.includes(response.status)) throw await refusal(response, place);
    const length = response.headers.get("content-length");
    const size = length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null;
    return { size, version: versionOf(response, place, size) };
  }
}

/** Ends a request whose server has been silent too long, or whose caller wants no more of it. */
class Patience {
  readonly outer: AbortSignal;
  readonly signal: AbortSignal;
  readonly #silence = new AbortController();
  #timer: Timer | null = null;

  constructor(outer: AbortSignal) {
    this.outer = outer;
    this.signal = AbortSignal.any([outer, this.#silence.signal]);
  }

  renew(): void {
    this.end();
    this.#timer = setTimeout(
      () => this.#silence.abort(new DOMException("no sign of life", "TimeoutError")),
      SILENCE_MS,
    );
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

async function* bodyOf(
  response: Response,
  size: number | null,
  patience: Patience,
): AsyncGenerator<Uint8Array, void, undefined> {
  let length = 0;
  const reader = response.body?.getReader();
  try {
    for (;;) {
      if (reader === undefined) break;
      patience.renew();
      const { done, value } = await reader.read();
      // Who takes the bytes may be busy with them for longer than a server may be silent.
      patience.end();
      if (done) break;
      length += value.length;
      yield value;
    }
  } catch (error) {
    if (error instanceof SourceFault) throw error;
    patience.outer.throwIfAborted();
    throw unavailable("the server", error);
  } finally {
    patience.end();
    await reader?.cancel().catch(() => undefined);
  }
  if (size !== null && length !== size) {
    throw new SourceFault("SOURCE_UNAVAILABLE", `The connection broke off after ${length} of ${size} bytes.`);
  }
}

function passes(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}

async function refusal(response: Response, place: RemotePlace): Promise<SourceFault> {
  const { status } = response;
  const said = place.scheme === "s3" ? await s3Code(response) : null;
  await response.body?.cancel().catch(() => undefined);
  const answer = said === null ? `${status}` : `${status} ${said}`;
  if (status === 404 || status === 410)
    return new SourceFault("SOURCE_NOT_FOUND", `There is nothing there (${answer}).`);
  if (status === 412 || status === 416) {
    return new SourceFault("SOURCE_CHANGED", "It was replaced while it was read.");
  }
  if (passes(status)) return new SourceFault("SOURCE_UNAVAILABLE", `The server cannot give it at present (${answer}).`);
  if (status === 200)
    return new SourceFault("SOURCE_UNREADABLE", "The server does not answer ranges, which archives need.");
  return new SourceFault("SOURCE_UNREADABLE", `The server does not give it (${answer}).`);
}

const S3_CODE_BYTES = 4_096;

async function s3Code(response: Response): Promise<string | null> {
  const text = (await response.text().catch(() => "")).slice(0, S3_CODE_BYTES);
  return /<Code>([A-Za-z0-9]{1,64})<\/Code>/.exec(text)?.[1] ?? null;
}

function versionOf(response: Response, place: RemotePlace, size: number | null): string {
  if (place.scheme === "link") return place.version;
  const etag = response.headers.get("etag") ?? "";
  const modified = response.headers.get("last-modified") ?? "";
  // A strong one and a weak one are not the same version of a page; S3 has strong ones alone, and lists them bare.
  if (place.scheme === "http" && etag !== "") return `etag:${etag}`.slice(0, 256);
  return objectVersion(etag, modified, size);
}

function unavailable(where: string, error: unknown): SourceFault {
  const { code, name, message = "" } = error as { code?: string; name?: string; message?: string };
  const why = name === "TimeoutError" ? "no sign of life" : (code ?? message.slice(0, 100));
  // A certificate that is not the name's will not become so by waiting.
  if (/CERT|ALTNAME|SELF_SIGNED|ISSUER|VERIFY/i.test(code ?? message)) {
    return new SourceFault("SOURCE_UNREADABLE", `The certificate of ${where} is not to be trusted (${why}).`, {
      cause: error,
    });
  }
  return new SourceFault("SOURCE_UNAVAILABLE", `No answer of ${where} (${why}).`, { cause: error });
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

async function resolveAll(host: string): Promise<string[]> {
  return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
}
