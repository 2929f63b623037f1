import { AT, BATCH_ID, HASH, LATER, WORKER_ID } from "./example-names.ts";
import type { DocumentPage, Evidence, ItemAttempt, ItemDetail, ReadSettings, ResultRow } from "@sluice/contracts";

const result: ResultRow = {
  ordinal: 0,
  uri: "file:///data/invoice-4711.pdf",
  path: "/data/invoice-4711.pdf",
  state: "succeeded",
  classifyState: "classified",
  category: "invoice",
  confidence: 0.94,
  terms: [{ term: "invoice", weight: 3.2, where: "name" }],
  labels: [{ category: "invoice", confidence: 0.94 }],
  labelSource: "rules",
  labelOriginal: null,
  labelReason: null,
  runnerUp: { category: "receipt", confidence: 0.04 },
  pages: 2,
  bytes: 90_602,
  needsOcr: false,
  title: "Invoice 4711",
  code: null,
  message: null,
  contentHash: HASH,
  updatedAt: LATER,
};

const evidence: Evidence = {
  exitCode: null,
  signal: "SIGKILL",
  stderrTail: "",
  peakRssBytes: 73_400_320,
  elapsedMs: 60_012,
  attempts: 1,
};

const fault = {
  code: "CHILD_TIMEOUT",
  message: "The extractor was ended after 60 s with one document.",
} as const;

const settings: ReadSettings = {
  extract: {
    maxPages: 100_000,
    maxTextBytes: 268_435_456,
    maxDocumentBytes: 2_147_483_648,
    documentTimeoutMs: 60_000,
    documentMemoryMb: 2_048,
  },
  store: "full",
  classify: { classifier: "rules", taxonomy: null, minConfidence: null },
};

const attempt: ItemAttempt = {
  attemptId: "019ac3b0-6f00-7000-8000-000000000004",
  workerId: WORKER_ID,
  outcome: "committed",
  dispatchedAt: AT,
  endedAt: LATER,
  items: 3,
  fault: null,
};

const item: ItemDetail = {
  batchId: BATCH_ID,
  ordinal: 2,
  uri: "file:///data/endless.pdf",
  sizeBytes: 12_288,
  sourceVersion: "12288:1764576000000000000",
  contentHash: HASH,
  state: "failed",
  classifyState: "none",
  ...fault,
  page: null,
  evidence,
  attempts: 1,
  earlier: [],
  engineVersion: "0.1.0",
  settings,
  history: [attempt],
};

const documentPage: DocumentPage = {
  pageNo: 1,
  verdict: "text",
  chars: 24,
  text: "Invoice 4711\nTotal 120.00",
  error: null,
};

/** What items, documents and searches are asked for and answer, by the schema's name. */
export const itemExamples = {
  ItemSubmission: {
    ordinal: 0,
    uri: "file:///data/invoice-4711.pdf",
    sizeBytes: 90_602,
    sourceVersion: "90602:1764576000000000000",
  },
  AppendItemsResponse: { accepted: 3, nextOrdinal: 3 },
  ItemPage: { items: [result], next: null },
  ItemDetail: item,
  ResultRow: result,
  PageRow: {
    ordinal: 0,
    pageNo: 1,
    uri: result.uri,
    path: result.path,
    contentHash: HASH,
    verdict: documentPage.verdict,
    category: "invoice",
    chars: documentPage.chars,
    text: documentPage.text,
  },
  FailureRow: {
    ordinal: 2,
    uri: item.uri,
    ...fault,
    advice: "Retry the document with a higher documentTimeoutMs.",
    page: null,
    evidence,
    attempts: 1,
    earlier: [],
  },
  RetryItemRequest: { documentTimeoutMs: 300_000 },
  ReplayItemRequest: { documentTimeoutMs: 300_000, documentMemoryMb: 4_096 },
  ReplayAnswer: {
    engineVersion: "0.1.0",
    outcome: "failed",
    ...fault,
    page: null,
    evidence,
    contentHash: HASH,
    sourceVersion: item.sourceVersion,
    pages: null,
    partial: false,
    needsOcr: false,
    classification: null,
    childRestarts: 1,
    cpuMs: 59_800,
    seconds: 60.01,
    workerId: WORKER_ID,
    sameSource: true,
  },
  DocumentDetail: {
    contentHash: HASH,
    extractions: [
      {
        extractHash: HASH,
        sizeBytes: 90_602,
        format: "pdf",
        pages: 2,
        needsOcr: false,
        partial: false,
        metadata: { title: "Invoice 4711", pdfVersion: "1.7" },
        warnings: [],
        createdAt: LATER,
        labels: [{ classifyHash: HASH, state: "classified", category: "invoice", confidence: 0.94 }],
        batches: [{ batchId: BATCH_ID, name: "invoices of November", state: "done" }],
      },
    ],
  },
  DocumentPages: { contentHash: HASH, extractHash: HASH, pages: [documentPage], next: null },
  DocumentPage: documentPage,
  SearchResponse: {
    hits: [
      {
        contentHash: HASH,
        pageNo: 1,
        rank: 0.61,
        language: "en",
        title: "Invoice 4711",
        fragments: [{ text: "Invoice 4711", marks: [{ start: 0, end: 7 }] }],
        items: [{ batchId: BATCH_ID, ordinal: 0, uri: result.uri, path: result.path, category: "invoice" }],
      },
    ],
    next: null,
    exhaustive: true,
    searchable: { items: 2, of: 2, withoutText: 0 },
  },
  LlmCallPage: {
    totals: {
      calls: 1,
      items: 1,
      inputTokens: 412,
      outputTokens: 6,
      latencyMs: 840,
      costUsd: null,
      outcomes: { ok: 1 },
    },
    calls: [
      {
        server: "ollama",
        model: "qwen3:4b",
        modelDigest: null,
        promptHash: HASH,
        outcome: "ok",
        inputTokens: 412,
        outputTokens: 6,
        latencyMs: 840,
        truncated: false,
        try: 1,
        costUsd: null,
        ordinal: 0,
        calledAt: LATER,
      },
    ],
    next: null,
  },
};
