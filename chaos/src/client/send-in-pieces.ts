import { basename } from "node:path";
import { ApiError, pause } from "@sluice/client";
import { problemSchema, resumableUploadSchema, type Upload } from "@sluice/contracts";

export interface PiecesOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly path: string;
  /** The upload that an earlier process has begun. */
  readonly begun: string | null;
  /** Called before the first byte goes out. */
  readonly onBegun: (id: string) => void;
  readonly signal: AbortSignal;
}

const PIECES = 3;
const RETRY_MS = 200;
const TUS = { "tus-resumable": "1.0.0" };

/**
 * Uploads a file by the tus protocol, as foreign clients do: in pieces, going on where the server says it stands, also
 * with what another process has begun through another coordinator. Throws ApiError for every refusal.
 */
export async function sendInPieces(options: PiecesOptions): Promise<Upload> {
  const bytes = await Bun.file(options.path).bytes();
  let id = options.begun;
  if (id === null) {
    const name = Buffer.from(basename(options.path)).toString("base64");
    const answer = await ask(options, "POST", "", {
      headers: { "upload-length": String(bytes.length), "upload-metadata": `filename ${name}` },
    });
    id = resumableUploadSchema.parse(await answer.json()).uploadId;
    options.onBegun(id);
  }
  const pieceBytes = Math.max(1, Math.ceil(bytes.length / PIECES));
  for (;;) {
    const stand = resumableUploadSchema.parse(await (await ask(options, "GET", `/${id}`)).json());
    if (stand.upload !== null) return stand.upload;
    const from = stand.receivedBytes;
    try {
      await ask(options, "PATCH", `/${id}`, {
        headers: { "upload-offset": String(from), "content-type": "application/offset+octet-stream" },
        body: bytes.slice(from, from + pieceBytes),
      });
    } catch (error) {
      // It stands elsewhere by now: what an earlier process had sent was still on its way.
      if (!(error instanceof ApiError && error.code === "CONFLICT")) throw error;
      await pause(RETRY_MS, options.signal);
    }
  }
}

async function ask(
  { baseUrl, token, signal }: PiecesOptions,
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> } = {},
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`${baseUrl}/v1/uploads/resumable${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...TUS, ...headers },
      signal,
      ...(body === undefined ? {} : { body }),
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new ApiError("UNREACHABLE", `${method} of an upload in pieces: ${String(error)}`, {
      status: 0,
      cause: error,
    });
  }
  if (response.ok) return response;
  const text = await response.text();
  const { code, detail } = problemSchema.parse(JSON.parse(text));
  throw new ApiError(code, detail, { status: response.status });
}
