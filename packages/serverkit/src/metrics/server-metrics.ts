import { readdirSync } from "node:fs";
import { Counter, Gauge, Histogram, Registry } from "@prometheus-io/client";
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { LoopWatch } from "./loop-watch.ts";

// From an answer out of memory to one that waits for a busy database; streams are measured up to their first byte.
const HTTP_SECONDS = [0.002, 0.01, 0.05, 0.2, 1, 5, 20];
const METHODS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);

/**
 * What every server measures of itself: its process, its event loop, its HTTP. An app extends it by its own instruments.
 * Labels come from closed sets (routes, states, codes, versions), never from documents. The only importer of the library.
 */
export class ServerMetrics implements Disposable {
  readonly loop = new LoopWatch();
  readonly #registry = new Registry();
  readonly #requests: Counter<"method" | "route" | "status">;
  readonly #seconds: Histogram<"method" | "route">;

  constructor(labels: { readonly service: string; readonly protocol: number }) {
    this.#requests = this.counter(
      "sluice_http_requests_total",
      "HTTP requests answered, by method, route pattern and status.",
      ["method", "route", "status"],
    );
    this.#seconds = this.histogram(
      "sluice_http_request_duration_seconds",
      "Time from a request to its answer's headers.",
      HTTP_SECONDS,
      ["method", "route"],
    );
    this.gauge("sluice_build_info", "1, with what runs as labels.", ["service", "protocol", "bun"]).set(
      { service: labels.service, protocol: String(labels.protocol), bun: Bun.version },
      1,
    );
    this.reading("sluice_event_loop_lag_seconds", "How late the event loop was at its last tick of a second.", () => {
      return this.loop.lagMs / 1_000;
    });
    this.#addProcess();
  }

  /** A counter; its name ends in `_total`. */
  protected counter<Label extends string = never>(
    name: string,
    help: string,
    labelNames: Label[] = [],
  ): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  protected histogram<Label extends string = never>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: Label[] = [],
  ): Histogram<Label> {
    return new Histogram({ name, help, buckets, labelNames, registers: [this.#registry] });
  }

  /** A gauge that is set from outside, or by `collect` whenever the metrics are read. */
  protected gauge<Label extends string = never>(
    name: string,
    help: string,
    labelNames: Label[] = [],
    collect?: (gauge: Gauge<Label>) => void | Promise<void>,
  ): Gauge<Label> {
    const registers = [this.#registry];
    if (collect === undefined) return new Gauge({ name, help, labelNames, registers });
    return new Gauge<Label>({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        await collect(this);
      },
    });
  }

  /** A gauge of one number that is read whenever the metrics are. */
  protected reading(name: string, help: string, read: () => number): void {
    this.gauge(name, help, [], (gauge) => gauge.set(read()));
  }

  /** Counts and times every request. The first of an app's middlewares. */
  middleware(): MiddlewareHandler {
    return async (context, next) => {
      const startedMs = performance.now();
      await next();
      const asked = context.req.method;
      const method = METHODS.has(asked) ? asked : "other";
      // A path nobody serves matches middlewares only, whose patterns end in a star.
      const matched = routePath(context, -1);
      const route = matched.endsWith("*") ? "unmatched" : matched;
      this.#requests.inc({ method, route, status: context.res.status });
      this.#seconds.observe({ method, route }, (performance.now() - startedMs) / 1_000);
    };
  }

  /** All of it in Prometheus' text form, with its media type. */
  async text(): Promise<{ body: string; contentType: string }> {
    return { body: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }

  /** Under the names that every Prometheus client gives them. */
  #addProcess(): void {
    const started = Math.round(Date.now() / 1_000 - process.uptime());
    this.gauge("process_start_time_seconds", "When this process started, in seconds since 1970.").set(started);
    this.reading("process_resident_memory_bytes", "Resident memory of this process.", () => process.memoryUsage.rss());
    const cpu = new Counter({
      name: "process_cpu_seconds_total",
      help: "CPU time of this process, user and system.",
      registers: [this.#registry],
      collect() {
        const { user, system } = process.cpuUsage();
        this.reset();
        this.inc((user + system) / 1e6);
      },
    });
    cpu.inc(0);
    if (process.platform !== "linux") return;
    this.reading("process_open_fds", "Open file descriptors.", () => readdirSync("/proc/self/fd").length);
  }

  [Symbol.dispose](): void {
    this.loop[Symbol.dispose]();
  }
}
