import { AppError } from "@sluice/contracts";
import { type ChildRequest, maxFrameBytes, type ReadSettings, type ReadyPayload } from "../child-request.ts";
import { FRAME_ITEM, FRAME_READY } from "../frame.ts";
import { AnswerChannel } from "./answer-channel.ts";
import { type Frame, FrameFault, FrameReader } from "./frame-reader.ts";
import type { ChildProcess } from "./spawn-child.ts";
import { StderrTail } from "./stderr-tail.ts";

const READY_FRAME_BYTES = 64 << 10;
const STDERR_TAIL_BYTES = 4 << 10;
// A grandchild may hold stderr open after the child's end; its last words are not waited for longer than this.
const STDERR_WAIT_MS = 200;
// An idle child ends within milliseconds of the end of its stdin.
const DISMISS_TIMEOUT_MS = 1_000;
// Answers that nobody takes fill this process up to here, and then keep their child waiting.
const MAX_WAITING_BYTES = 8 << 20;

/** Why this side killed a child. */
export type KillReason = "timeout" | "memory" | "garbage" | "cancelled" | "stopped";

export interface ChildDeath {
  readonly reason: KillReason | null;
  /** What was wrong with its answer, when the reason is `garbage`. */
  readonly fault: string | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stderrTail: string;
  readonly peakRssBytes: number;
  /** How long it had been reading its document; 0 between documents. */
  readonly elapsedMs: number;
  /** false: SIGKILL was sent, and the kernel could not end the process in time. */
  readonly reaped: boolean;
  /** CPU time of its whole life; 0 when it was not reaped. */
  readonly cpuMicros: number;
}

export interface ChildOptions {
  readonly kill: (pid: number) => void;
  readonly reapTimeoutMs: number;
}

interface Outstanding {
  readonly ordinal: number;
  readonly sentAt: number;
}

/**
 * The parent's side of one extractor process. Requests go in with `send`; answers come out of `nextFrame` in the same
 * order. They are looked for every few milliseconds, and `look` does it at once; while too many wait to be taken, the child
 * waits too and its document's time stands still, so `current` measures its work and never a slow consumer.
 */
export class ExtractorChild {
  readonly pid: number;
  readonly ready: Promise<string>;
  /** Settles once, when the process has ended or could not be ended. */
  readonly death: Promise<ChildDeath>;
  documentsSent = 0;
  cpuMicros = 0;
  /** Resident bytes when it was ready to work, at the last look, and at most. */
  readyRssBytes = 0;
  rssBytes = 0;
  peakRssBytes = 0;
  /** It must not read another document. */
  retired = false;
  /** Whose documents it reads, for the log. */
  reading: { readonly batchId: string; readonly shardId?: string | undefined; readonly attemptId: string } | null =
    null;

  readonly #process: ChildProcess;
  readonly #options: ChildOptions;
  readonly #reader = new FrameReader(READY_FRAME_BYTES);
  readonly #stderr: StderrTail;
  readonly #answers: AnswerChannel;
  readonly #frames: Frame[] = [];
  #waitingBytes = 0;
  #ready = false;
  readonly #outstanding: Outstanding[] = [];
  readonly #becameReady = Promise.withResolvers<string>();
  readonly #died = Promise.withResolvers<ChildDeath>();
  #configured = "";
  #lastFrameAt = 0;
  #killReason: KillReason | null = null;
  #killedAt: number | null = null;
  #fault: string | null = null;
  #ended = false;
  #wake: (() => void) | null = null;
  #pinged: (() => void) | null = null;

  constructor(childProcess: ChildProcess, options: ChildOptions) {
    this.pid = childProcess.pid;
    this.ready = this.#becameReady.promise;
    this.ready.catch(() => {});
    this.death = this.#died.promise;
    this.#process = childProcess;
    this.#options = options;
    this.#stderr = new StderrTail(childProcess.stderr, STDERR_TAIL_BYTES);
    this.#answers = new AnswerChannel(childProcess.answers, this);
    this.#answers.expect();
    void this.#live();
  }

  get alive(): boolean {
    return !this.#ended && this.#killReason === null;
  }

  get outstanding(): number {
    return this.#outstanding.length;
  }

  /** How many answers have come and wait to be taken. */
  get waiting(): number {
    return this.#frames.length;
  }

  /** Answers that are still to come, that it is ready among them. */
  get due(): number {
    return this.#outstanding.length + Number(!this.#ready || this.#pinged !== null);
  }

  /** Whether more of its answers may be taken in. While not, it is not at work: the time of its document stands still. */
  mayReceive(): boolean {
    if (this.#waitingBytes <= MAX_WAITING_BYTES) return true;
    this.#lastFrameAt = performance.now();
    return false;
  }

  /** The document being read, and since when (`performance.now()`). */
  get current(): { ordinal: number; since: number } | null {
    const first = this.#outstanding[0];
    return first === undefined ? null : { ordinal: first.ordinal, since: Math.max(first.sentAt, this.#lastFrameAt) };
  }

  configure(settings: ReadSettings): void {
    const line = JSON.stringify({ op: "configure", ...settings, maxFrameBytes: maxFrameBytes(settings) });
    if (line === this.#configured) return;
    this.#configured = line;
    this.#reader.maxFrameBytes = maxFrameBytes(settings);
    this.#write(line);
  }

  /** Asks for so many documents in one go. */
  send(requests: readonly Extract<ChildRequest, { op: "item" }>[]): void {
    this.documentsSent += requests.length;
    const sentAt = performance.now();
    for (const { ordinal } of requests) this.#outstanding.push({ ordinal, sentAt });
    this.#write(requests.map((request) => JSON.stringify(request)).join("\n"));
    this.#answers.expect();
  }

  /** Takes in what it has answered by now. */
  look(): void {
    this.#answers.look();
  }

  /** Whether an idle child answers within the time. One that does not is killed: it would not read a document either. */
  async ping(timeoutMs: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), timeoutMs);
    this.#pinged = () => resolve(true);
    this.#write(JSON.stringify({ op: "ping" }));
    this.#answers.expect();
    const answered = await Promise.race([promise, this.death.then(() => false)]);
    clearTimeout(timer);
    this.#pinged = null;
    if (!answered) this.kill("timeout");
    return answered;
  }

  /** The next answer, or null when the child has died and said all it will say. */
  async nextFrame(): Promise<Frame | null> {
    for (;;) {
      const frame = this.#frames.shift();
      if (frame !== undefined) {
        this.#waitingBytes -= frame.length;
        return frame;
      }
      if (this.#ended) return null;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
  }

  kill(reason: KillReason): void {
    if (this.#ended || this.#killReason !== null) return;
    this.#killReason = reason;
    this.#killedAt = performance.now();
    this.#options.kill(this.pid);
    setTimeout(() => this.#giveUp(), this.#options.reapTimeoutMs).unref();
  }

  /** Lets an idle child end by itself, and kills it when it does not. */
  dismiss(): void {
    this.retired = true;
    setTimeout(() => this.kill("stopped"), DISMISS_TIMEOUT_MS).unref();
    try {
      void Promise.resolve(this.#process.stdin.end()).catch(() => {});
    } catch {
      // It is dead already.
    }
  }

  /** Settles when the kernel has reaped the process, even after `death` said that it could not. */
  async reaped(): Promise<void> {
    await this.#process.exited;
  }

  /** Bytes of its answers have come. */
  receive(bytes: Buffer): void {
    // After a fault nothing of the stream can be trusted.
    if (this.#fault !== null) return;
    try {
      for (const frame of this.#reader.push(bytes)) this.#deliver(frame);
    } catch (error) {
      this.#fault = error instanceof FrameFault ? error.message : String(error);
      this.kill("garbage");
    }
  }

  async #live(): Promise<void> {
    await this.#process.exited;
    this.#answers.look(true);
    this.#answers.close();
    await Promise.race([this.#stderr.ended, Bun.sleep(STDERR_WAIT_MS)]);
    const usage = this.#process.resourceUsage();
    this.#finish({
      exitCode: this.#process.signalCode === null ? this.#process.exitCode : null,
      signal: this.#process.signalCode === null ? null : String(this.#process.signalCode),
      reaped: true,
      peakRssBytes: Math.max(this.peakRssBytes, usage?.maxRSS ?? 0),
      cpuMicros: Number(usage?.cpuTime.total ?? 0),
    });
  }

  #deliver(frame: Frame): void {
    if (frame.kind === FRAME_READY && this.#pinged !== null) {
      this.#pinged();
      return;
    }
    if (frame.kind === FRAME_READY) {
      this.#welcome(JSON.parse(Buffer.concat(frame.payload).toString()) as ReadyPayload);
      return;
    }
    const asked = this.#outstanding[0];
    if (frame.kind !== FRAME_ITEM || frame.ordinal !== asked?.ordinal) {
      throw new FrameFault(`it answered item ${frame.ordinal} when item ${asked?.ordinal ?? "none"} was due`);
    }
    this.#outstanding.shift();
    this.#lastFrameAt = performance.now();
    this.cpuMicros += frame.cpuMicros;
    this.retired ||= frame.retire;
    this.#frames.push(frame);
    this.#waitingBytes += frame.length;
    this.#wakeUp();
  }

  #welcome(payload: ReadyPayload): void {
    this.#ready = true;
    if (payload.ok) this.#becameReady.resolve(payload.engineVersion);
    else
      this.#becameReady.reject(
        new AppError("ADDON_MISSING", `The extraction engine does not load: ${payload.message}`),
      );
  }

  #giveUp(): void {
    const unknown = { exitCode: null, signal: null, cpuMicros: 0 };
    this.#finish({ ...unknown, reaped: false, peakRssBytes: this.peakRssBytes });
  }

  #finish(facts: Omit<ChildDeath, "reason" | "fault" | "stderrTail" | "elapsedMs">): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#answers.close();
    const now = this.#killedAt ?? performance.now();
    const elapsedMs = now - (this.current?.since ?? now);
    const stderrTail = this.#stderr.text();
    this.#becameReady.reject(
      new AppError("START_FAILED", `An extractor ended before it was ready: ${stderrTail.trim() || "it said nothing"}`),
    );
    this.#died.resolve({ reason: this.#killReason, fault: this.#fault, stderrTail, elapsedMs, ...facts });
    this.#wakeUp();
  }

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = null;
  }

  #write(line: string): void {
    try {
      void this.#process.stdin.write(`${line}\n`);
      void Promise.resolve(this.#process.stdin.flush()).catch(() => {});
    } catch {
      // A broken pipe: `death` tells what happened.
    }
  }
}
