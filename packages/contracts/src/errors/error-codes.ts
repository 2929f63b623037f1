/**
 * Every error Sluice can name, in one closed table: the HTTP status it travels with, whether trying the same thing
 * again can help, whom it concerns, and the next step for the person who reads it. Retry decisions are made from this
 * table alone, never from a message.
 */

/** `document`: one item's fault, stored with the item. `request`: the caller's. `system`: the installation's. */
export type ErrorScope = "document" | "request" | "system";

interface ErrorRule {
  readonly httpStatus: number;
  readonly retryable: boolean;
  readonly scope: ErrorScope;
  readonly advice: string;
}

export const ERROR_RULES = {
  // Documents: what the bytes are.
  UNSUPPORTED_FORMAT: documentRule("Only PDF is read so far; convert the file to PDF and submit it again."),
  EMPTY_FILE: documentRule("The file has no bytes; fetch or export it again."),
  INVALID_PDF: documentRule("The file is damaged beyond repair; get a fresh copy from where it came."),
  NO_PAGES: documentRule("The document is a PDF without a single page; check how it was produced."),
  PASSWORD_REQUIRED: documentRule("Give its password (--password, --password-file or SLUICE_PASSWORD) and run again."),
  WRONG_PASSWORD: documentRule("Give its user or owner password beside the others (--password) and run again."),
  UNSUPPORTED_ENCRYPTION: documentRule("Save the document without encryption and submit it again."),
  LIMIT_EXCEEDED: documentRule("The document passes a limit of this batch; raise the limit it names and retry."),
  PAGE_LIMIT: documentRule("It has more pages than this batch reads; open a batch with a higher maxPages."),
  TEXT_LIMIT: documentRule("It holds more text than this batch takes; open a batch with a higher maxTextBytes."),
  DECOMPRESSION_LIMIT: documentRule(
    "It decompresses to more bytes than any honest document; look at where it came from.",
  ),
  DECOMPRESSION_RATIO_LIMIT: documentRule("It is packed as bombs are; look at where it came from before you open it."),
  NESTING_LIMIT: documentRule("It is nested deeper than any honest document; look at where it came from."),
  OPERATOR_LIMIT: documentRule("A page has more operators than any honest one; print it to a new PDF and submit that."),
  GLYPH_LIMIT: documentRule("A page shows more glyphs than any honest one; print it to a new PDF and submit that."),
  OBJECT_LIMIT: documentRule("It names more objects than a PDF may have; get a fresh copy from where it came."),
  WORD_LIMIT: documentRule("It has more words with boxes than one answer holds; ask for fewer pages at a time."),
  NATIVE_PANIC: documentRule("The engine hit a defect in itself and went on; please report the document."),
  // Documents: what happened to the process that read them.
  CHILD_CRASHED: documentRule("The document crashed its extractor on every try; replay it and report the document."),
  CHILD_TIMEOUT: documentRule("The document took longer than allowed; replay it, or retry with a larger --timeout."),
  CHILD_OOM: documentRule("The document needed more memory than allowed; replay it, or retry with more --memory."),
  WORKER_KILLED: documentRule("Whole workers died while they read this document; look at its attempts before a retry."),
  // Documents: where the bytes come from.
  SOURCE_NOT_FOUND: documentRule("The file was not there when it was read; put it back and run again."),
  SOURCE_UNREADABLE: documentRule("The worker may not read the file; check its permissions and run again."),
  SOURCE_CHANGED: documentRule("The file changed while it was read; run again when its writer has finished."),
  SOURCE_NOT_ALLOWED: documentRule("The source lies outside the roots this worker may read; extend SLUICE_FILE_ROOTS."),
  SOURCE_TOO_LARGE: documentRule("The file is larger than this batch accepts; raise SLUICE_MAX_DOCUMENT_BYTES."),
  SOURCE_UNAVAILABLE: passingRule("Where the source lies did not answer for a long time; retry when it does again."),
  ARCHIVE_INVALID: documentRule("The archive is damaged; get a fresh copy from where it came."),
  ARCHIVE_LIMIT: documentRule("The archive passes a limit that no honest one does; look at where it came from."),
  ROW_REJECTED: documentRule("PostgreSQL refused the result of this document; see the message and report it."),
  RESULT_INVALID: documentRule("The worker's answer about this document could not be read; report the document."),
  CLASSIFY_FAILED: documentRule("The text was stored but could not be classified; see the message."),
  LLM_ANSWER_INVALID: documentRule(
    "The LLM gave no label of the taxonomy on any try; look at the text, or use a larger model.",
  ),
  LLM_REFUSED: documentRule("The LLM refused to judge this document; label it by hand, or with another model."),
  LLM_TOO_LONG: documentRule("Even its shortest excerpt does not fit the LLM's context; raise SLUICE_LLM_NUM_CTX."),
  LLM_TIMEOUT: documentRule(
    "The LLM took longer than allowed on every try; raise SLUICE_LLM_TIMEOUT_SECONDS, then retry.",
  ),
  // Requests.
  BAD_REQUEST: requestRule(400, "Correct the request as the message says."),
  UNAUTHORIZED: requestRule(401, "Send `Authorization: Bearer TOKEN` (SLUICE_TOKEN or --token)."),
  FORBIDDEN: requestRule(403, "Use a token whose role allows this."),
  NOT_FOUND: requestRule(404, "Check the id; `batches`, `workers`, `tokens` and `webhooks` list what there is."),
  METHOD_NOT_ALLOWED: requestRule(405, "Use one of the methods that the header `Allow` names."),
  UNSUPPORTED_MEDIA_TYPE: requestRule(415, "Send the body as the Content-Type that the description of the API names."),
  CONFLICT: requestRule(409, "The state has moved on; read it again before the next call."),
  BATCH_NOT_OPEN: requestRule(409, "Items can be added to open batches only; open a new batch."),
  ORDINAL_CONFLICT: requestRule(409, "Another source has this ordinal; continue from `nextOrdinal`."),
  KEY_REUSED: requestRule(
    422,
    "Give each request an Idempotency-Key of its own; the same key repeats the same request.",
  ),
  KEY_IN_USE: {
    ...requestRule(409, "The first request with this Idempotency-Key is not done; ask again in a moment."),
    retryable: true,
  },
  WEBHOOK_REFUSED: requestRule(
    422,
    "Name a public https address; a host of one's own network is allowed by SLUICE_WEBHOOK_HOSTS.",
  ),
  PAYLOAD_TOO_LARGE: requestRule(413, "Send smaller chunks."),
  UPLOAD_NOT_FOUND: requestRule(404, "Upload the bytes again (`POST /v1/uploads`), then hand the item in."),
  UPLOAD_STALLED: requestRule(408, "Send the body without long rests, or in pieces (`/v1/uploads/resumable`)."),
  UPLOAD_CUT: requestRule(400, "Send it again; nothing of a body that was cut off is kept."),
  // The status that the protocol of resumable uploads gives it.
  CHECKSUM_MISMATCH: requestRule(460, "The bytes were damaged on their way, or are not those meant; send them again."),
  TUS_VERSION_UNSUPPORTED: requestRule(412, "Send `Tus-Resumable: 1.0.0`, or use a client of tus 1.0."),
  UPLOADS_DISABLED: requestRule(501, "Give the coordinator a place for uploads (SLUICE_BLOBS) and start it again."),
  ENGINE_MISMATCH: requestRule(409, "This worker runs another engine version than the batch; nothing was lost."),
  PROTOCOL_MISMATCH: requestRule(409, "Run the same Sluice version on both sides."),
  LABELS_INVALID: requestRule(422, "Correct the file of labels as the message says; it has columns path and category."),
  MODEL_INVALID: requestRule(422, "The file is no model of this version; train it again (`train`)."),
  MODEL_MISMATCH: requestRule(
    409,
    "The model was trained for another taxonomy; leave the taxonomy out, or train again.",
  ),
  TAXONOMY_INVALID: requestRule(422, "Correct the taxonomy at the line named."),
  SEARCH_TOO_BROAD: requestRule(422, "Look for more words at a time, or in one batch, category or language."),
  NO_CLASSIFIER: requestRule(
    409,
    "Start a worker that has it (for an LLM, with OLLAMA_HOST or SLUICE_LLM_URL), or choose another classifier.",
  ),
  TEXT_NOT_STORED: requestRule(409, "Hand the sources in again with their text kept (without `--store meta`)."),
  NOT_SEARCHABLE: requestRule(
    409,
    "No text was kept of it; submit it again with `store: full` (without --store meta).",
  ),
  USAGE: requestRule(400, "See `sluice --help`."),
  PATH_NOT_FOUND: requestRule(404, "Check the path."),
  NO_DOCUMENTS: requestRule(404, "No file was found there; check the path and the filters."),
  LAST_ADMIN: requestRule(409, "Make another admin token that does not expire, then revoke this one."),
  RATE_LIMITED: limitRule("Send fewer requests at a time; try again after the time in Retry-After."),
  QUOTA_STREAMS: limitRule("End some of the streams that this token has open, then try again."),
  QUOTA_BATCHES: limitRule("Wait until a batch of this token has ended, or cancel one."),
  QUOTA_ITEMS: limitRule(
    "Wait until the fleet has caught up with what this token handed in; clients do by themselves.",
  ),
  QUOTA_UPLOADS: limitRule("This token has uploaded what it may in a day; go on tomorrow, or have its quota raised."),
  QUOTA_UNFINISHED_UPLOADS: limitRule(
    "Finish or end (DELETE) uploads that this token has begun; those left alone expire after a day.",
  ),
  INTERRUPTED: requestRule(499, "Run the same command again to go on; what was done is kept."),
  // System.
  BUSY: systemRule(429, "All slots are taken; try again after the time in Retry-After."),
  EXPORTS_BUSY: systemRule(429, "Try again after the time in Retry-After, or take the rows as NDJSON or CSV."),
  NO_WORKERS: systemRule(503, "No worker has registered yet; start one with `cli worker`."),
  LLM_UNAVAILABLE: systemRule(503, "The LLM's server does not answer; what waits for it goes on when it is back."),
  LLM_MODEL_MISSING: systemRule(503, "The LLM's server does not have this model; pull it there, or name another one."),
  UNREACHABLE: systemRule(503, "Nothing answered there; check the address and that the server runs."),
  DATABASE_UNAVAILABLE: systemRule(503, "PostgreSQL does not answer; work goes on by itself when it is back."),
  DISK_FULL: systemRule(507, "The disk is full; free space and run again, nothing was lost."),
  BLOBS_UNAVAILABLE: systemRule(503, "The blob store does not answer or refuses; check SLUICE_BLOBS and its server."),
  SHUTTING_DOWN: systemRule(503, "The server is stopping; another one, or this one restarted, will take it."),
  START_FAILED: systemRule(500, "A part did not start; its log is named in the message; `doctor` checks the machine."),
  PORT_IN_USE: systemRule(500, "Another program listens there; choose another port or stop it."),
  EXPORT_FAILED: systemRule(
    500,
    "Choose another place; `results latest --export FILE` writes it again without new work.",
  ),
  DATA_DIR_IN_USE: systemRule(500, "Another run uses this data directory; wait for it, or choose another --data-dir."),
  DATA_DIR_UNUSABLE: systemRule(500, "Choose a --data-dir that can be written, or correct its permissions."),
  SCHEMA_NEWER: systemRule(503, "A newer Sluice has migrated this database; run that version or a newer one."),
  CONFIG_INVALID: systemRule(500, "Correct the variables or the file named in the message."),
  ADDON_MISSING: systemRule(500, "Build the extraction engine with `bun run setup`."),
  INTERNAL: systemRule(500, "This is a defect in Sluice; please report it with the log."),
} as const satisfies Record<string, ErrorRule>;

export type ErrorCode = keyof typeof ERROR_RULES;

export const ERROR_CODES = Object.keys(ERROR_RULES) as [ErrorCode, ...ErrorCode[]];

/** The codes an item can fail with. */
export const DOCUMENT_ERROR_CODES = ERROR_CODES.filter((code) => ERROR_RULES[code].scope === "document");

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(ERROR_RULES, value);
}

function documentRule(advice: string): ErrorRule {
  return { httpStatus: 422, retryable: false, scope: "document", advice };
}

/** It passes by itself: the item stays pending, and is tried again ever later, before it fails with this. */
function passingRule(advice: string): ErrorRule {
  return { httpStatus: 422, retryable: true, scope: "document", advice };
}

function requestRule(httpStatus: number, advice: string): ErrorRule {
  return { httpStatus, retryable: false, scope: "request", advice };
}

/** What passes by itself, for the one caller that it concerns. */
function limitRule(advice: string): ErrorRule {
  return { httpStatus: 429, retryable: true, scope: "request", advice };
}

function systemRule(httpStatus: number, advice: string): ErrorRule {
  return { httpStatus, retryable: httpStatus === 429 || httpStatus === 503, scope: "system", advice };
}
