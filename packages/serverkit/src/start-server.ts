import { AppError } from "@sluice/contracts";

export interface ServerOptions {
  fetch: (request: Request, server: Bun.Server<undefined>) => Response | Promise<Response>;
  host: string;
  /** 0: any free port. */
  port: number;
  /** Allows plain HTTP beyond loopback: somebody says that a proxy does TLS. */
  insecure: boolean;
  tls?: { cert: string; key: string };
  maxBodyBytes: number;
}

export interface RunningServer {
  url: string;
  port: number;
  /** Stops listening and waits for running requests; `force` cuts them. */
  stop(options?: { force?: boolean }): Promise<void>;
}

/** Starts Bun's server with the limits and refusals that every Sluice server shares. */
export function startServer(options: ServerOptions): RunningServer {
  if (!isLoopback(options.host) && options.tls === undefined && !options.insecure) {
    throw new AppError(
      "CONFIG_INVALID",
      `Listening on ${options.host} without TLS would send tokens in the clear; give a certificate, or --insecure (SLUICE_INSECURE=1) when a proxy does TLS.`,
    );
  }
  const server = listen(options);
  const port = server.port ?? options.port;
  const scheme = options.tls === undefined ? "http" : "https";
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    url: `${scheme}://${host}:${port}`,
    port,
    stop: async ({ force = false } = {}) => {
      await server.stop(force);
    },
  };
}

function listen(options: ServerOptions): Bun.Server<undefined> {
  try {
    return Bun.serve({
      hostname: options.host,
      port: options.port,
      ...(options.tls === undefined ? {} : { tls: options.tls }),
      maxRequestBodySize: options.maxBodyBytes,
      // Result streams are quiet while a document is read; Bun's 10 s default would cut them.
      idleTimeout: 0,
      fetch: options.fetch,
    });
  } catch (error) {
    if (errorCode(error) === "EADDRINUSE") {
      throw new AppError("PORT_IN_USE", `Port ${options.port} on ${options.host} is taken by another program.`, {
        context: { port: options.port },
        cause: error,
      });
    }
    throw new AppError("CONFIG_INVALID", `Cannot listen on ${options.host}:${options.port}: ${String(error)}`, {
      cause: error,
    });
  }
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}
