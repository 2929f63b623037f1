import { PROTOCOL_VERSION } from "@sluice/contracts";
import { AT, BATCH_ID, HASH, LATER, WORKER_ID } from "./example-names.ts";
import type { Delivery, TokenRow, Upload, Webhook } from "@sluice/contracts";

const upload: Upload = {
  uri: `upload://${HASH}/invoice-4711.pdf`,
  contentHash: HASH,
  sizeBytes: 90_602,
  sourceVersion: `sha256:${HASH}`,
  known: false,
};

const token: TokenRow = {
  tokenId: "019ac3b0-6f00-7000-8000-000000000005",
  name: "accounting, nightly",
  role: "submit",
  createdAt: AT,
  expiresAt: null,
  lastUsedAt: null,
  rotatedAt: null,
  previousUntil: null,
  revokedAt: null,
  limits: { requestsPerSecond: 50, pendingItems: null, openBatches: null, uploadBytesPerDay: null },
};

const webhook: Webhook = {
  webhookId: "019ac3b0-6f00-7000-8000-000000000006",
  url: "https://accounting.example/sluice",
  types: ["batch.done"],
  batchId: null,
  description: "starts the booking run",
  createdAt: AT,
  disabledAt: null,
  pending: 0,
};

const delivery: Delivery = {
  deliveryId: "019ac3b0-6f00-7000-8000-000000000007",
  eventId: "019ac3b0-6f00-7000-8000-000000000008",
  type: "batch.done",
  batchId: BATCH_ID,
  state: "delivered",
  tries: 1,
  createdAt: AT,
  lastTriedAt: LATER,
  nextTryAt: null,
  status: 204,
  latencyMs: 41,
  error: null,
};

const kept = { contentHash: HASH, sizeBytes: 90_602, uploadedAt: AT, usedAt: LATER, batches: 1 };

/** What uploads, webhooks, tokens, queues and workers are asked for and answer, by the schema's name. */
export const serviceExamples = {
  Upload: upload,
  UploadLine: { ok: true, name: "invoice-4711.pdf", ...upload },
  UploadList: { uploads: [kept], next: null },
  KeptUpload: kept,
  ResumableUpload: {
    uploadId: "019ac3b0-6f00-7000-8000-000000000009",
    name: "invoice-4711.pdf",
    sizeBytes: 90_602,
    receivedBytes: 65_536,
    expiresAt: "2026-12-02T08:00:00.000Z",
    upload: null,
  },
  CreateWebhookRequest: { url: webhook.url, types: webhook.types, description: webhook.description },
  CreateWebhookResponse: { webhook, secret: "whsec_shown-once" },
  WebhookList: { webhooks: [webhook] },
  WebhookDelivery: delivery,
  WebhookDeliveryList: { deliveries: [delivery], next: null },
  CreateTokenRequest: { name: token.name, role: token.role, limits: { requestsPerSecond: 50 } },
  ChangeTokenRequest: { limits: { requestsPerSecond: 100 } },
  RotateTokenRequest: { overlapSeconds: 3_600 },
  TokenRow: token,
  TokenList: { tokens: [token] },
  NewToken: { ...token, token: "sluice_shown-once" },
  QueueList: {
    queues: [
      {
        queue: "extract-0.1.0",
        stage: "extract",
        engineVersion: "0.1.0",
        classifierVersion: null,
        queued: 12,
        active: 1,
        oldestSeconds: 3,
        slots: 2,
        busySlots: 1,
        workers: [
          {
            workerId: WORKER_ID,
            address: "http://10.0.0.7:4100",
            live: true,
            slots: 2,
            running: [
              {
                attemptId: "019ac3b0-6f00-7000-8000-000000000004",
                batchId: BATCH_ID,
                shardId: "019ac3b0-6f00-7000-8000-00000000000a",
                items: 64,
                since: AT,
              },
            ],
          },
        ],
      },
    ],
  },
  WorkerRegistration: {
    protocol: PROTOCOL_VERSION,
    workerId: WORKER_ID,
    address: "http://10.0.0.7:4100",
    slots: 2,
    busySlots: 0,
    engineVersion: "0.1.0",
    classifiers: [],
    host: "extract-7",
    pid: 4_711,
    dispatchToken: "0123456789abcdef0123456789abcdef",
  },
  WorkerRegistered: { renewEveryMs: 5_000, expiresAfterMs: 15_000 },
  WorkerList: {
    workers: [
      {
        workerId: WORKER_ID,
        address: "http://10.0.0.7:4100",
        host: "extract-7",
        pid: 4_711,
        slots: 2,
        busySlots: 1,
        engineVersion: "0.1.0",
        registeredAt: AT,
        renewedAt: LATER,
        live: true,
      },
    ],
  },
};
