import { AppError } from "@sluice/contracts";
import type { Logger } from "./logger.ts";
import { type Certificate, readCertificate, type TlsFiles } from "./tls-files.ts";
import { watchCertificate } from "./watch-certificate.ts";

export interface ServerOptions {
  fetch: (request: Request, server: Bun.Server<undefined>) => Response | Promise<Response>;
  host: string;
  /** 0: any free port. */
  port: number;
  /** Allows plain HTTP beyond loopback: somebody says that a proxy does TLS. */
  insecure: boolean;
  /** TLS with the certificate in these files, whatever it is at a time; null: plain HTTP. */
  tls?: TlsFiles | null;
  maxBodyBytes: number;
  /**
   * How long a connection is kept for a next request; default: for as long as the client likes. A POST on a connection that ends
   * at that very moment is lost, so whoever is called by programs that must not lose one leaves it.
   */
  idleSeconds?: number;
  /** Hears of certificates that are renewed, or cannot be. */
  logger?: Logger;
}

export interface RunningServer {
  url: string;
  port: number;
  /** Stops listening and waits for running requests; `force` cuts them. */
  stop(options?: { force?: boolean }): Promise<void>;
}

/** Starts Bun's server with the limits and refusals that every Sluice server shares. */
export function startServer(options: ServerOptions): RunningServer {
  if (!isLoopback(options.host) && !options.tls && !options.insecure) {
    throw new AppError(
      "CONFIG_INVALID",
      `Listening on ${options.host} without TLS would send tokens in the clear; give a certificate (SLUICE_TLS_CERT, SLUICE_TLS_KEY), or --insecure (SLUICE_INSECURE=1) when a proxy does TLS.`,
    );
  }
  const tls = options.tls ? { files: options.tls, certificate: readCertificate(options.tls) } : null;
  let server = listen(options, tls?.certificate);
  const port = server.port ?? options.port;
  const scheme = tls === null ? "http" : "https";
  // Bun takes another certificate with another server only. The former one goes on with the connections that it has.
  const former: Bun.Server<undefined>[] = [];
  const renew = (certificate: Certificate) => {
    const next = () => listen({ ...options, port }, certificate);
    former.push(server);
    void server.stop();
    server = next();
    options.logger?.info("another certificate is in use from now on");
  };
  const endWatch =
    tls === null
      ? () => undefined
      : watchCertificate(tls.files, tls.certificate, {
          renewed: renew,
          failed: (error) =>
            options.logger?.error({ err: error }, "the certificate cannot be renewed; the former stays"),
        });
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    url: `${scheme}://${host}:${port}`,
    port,
    stop: async ({ force = false } = {}) => {
      endWatch();
      await Promise.all([server, ...former].map((each) => each.stop(force)));
    },
  };
}

function listen(options: ServerOptions, certificate?: Certificate): Bun.Server<undefined> {
  try {
    return Bun.serve({
      hostname: options.host,
      port: options.port,
      ...(certificate === undefined ? {} : { tls: { ...certificate } }),
      maxRequestBodySize: options.maxBodyBytes,
      // Result streams are quiet while a document is read; Bun's 10 s default would cut them.
      idleTimeout: 0,
      fetch: (request, server) => timed(options, request, server),
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

/** How slow a body may come in before its connection is cut; what the server makes of it is not bound by that. */
const READ_SECONDS = 45;

/**
 * Bounds what a client can make a connection wait for: Bun itself gives a request's head some twelve seconds. A handler may take
 * as long as it likes, and so may a stream, which is quiet while a document is read.
 */
async function timed(
  { fetch, idleSeconds = 0 }: ServerOptions,
  request: Request,
  server: Bun.Server<undefined>,
): Promise<Response> {
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  server.timeout(request, hasBody ? READ_SECONDS : 0);
  const response = await fetch(request, server);
  server.timeout(request, isWhole(response) ? idleSeconds : 0);
  return response;
}

/** An answer of one piece: all that is no stream. */
function isWhole({ status, headers }: Response): boolean {
  return status === 204 || /^application\/(?:problem\+)?json\b/.test(headers.get("content-type") ?? "");
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}
