export { extractedItem, failedItem, fakeHash, knownItem } from "./extracted-item.ts";
export { failOnLeakedProcesses } from "./fail-on-leaked-processes.ts";
export {
  answerItems,
  fakeWorker,
  type FakeWorker,
  type FakeWorkerOptions,
  refuseBusy,
  refuseEngine,
  type ShardReply,
  type ShardScript,
  succeedAll,
} from "./fake-worker.ts";
export type { FleetHost, FleetLink, FleetNetwork } from "./fleet/fleet-network.ts";
export type { FleetPart, FleetPartKind } from "./fleet/fleet-part.ts";
export type { FleetService } from "./fleet/fleet-service.ts";
export { serviceProcess } from "./fleet/service-process.ts";
export { namespacesMissing } from "./fleet/namespaces-missing.ts";
export { type Fleet, type FleetEdge, type FleetOptions, startFleet } from "./fleet/start-fleet.ts";
export { llamaServerMissing } from "./llm/install-llama-server.ts";
export { ollamaMissing } from "./llm/install-ollama.ts";
export { smollm2Missing } from "./llm/install-smollm2.ts";
export type { LlmTestServer } from "./llm/llm-server-process.ts";
export { startLlamaServer } from "./llm/start-llama-server.ts";
export { startOllama } from "./llm/start-ollama.ts";
export { makePdf, type MakePdfOptions } from "./make-pdf.ts";
export { type Metric, metricValue, parseMetrics, type Sample } from "./parse-metrics.ts";
export { processTree, type TreeProcess } from "./process-tree.ts";
export type { RemoteProxy } from "./proxy/proxy-process.ts";
export { tcpProxy, type TcpProxy, type TcpProxyOptions } from "./proxy/tcp-proxy.ts";
export { s3ServerMissing } from "./s3/install-s3-server.ts";
export { S3_KEYS } from "./s3/s3-program.ts";
export { s3Service } from "./s3/s3-service.ts";
export { type S3Server, startS3Server } from "./s3/start-s3-server.ts";
export { opensslMissing, type TestCertificates, testCertificates } from "./test-certificates.ts";
export { startTestCluster, type TestCluster, type TestClusterOptions } from "./start-test-cluster.ts";
export { temporaryDatabase, type TemporaryDatabase, type TemporaryDatabaseOptions } from "./temporary-database.ts";
export { temporaryFolder, type TemporaryFolder } from "./temporary-folder.ts";
export { testPostgres } from "./test-postgres.ts";
export { waitUntil } from "./wait-until.ts";
