export function batchPath(batchId: string): string {
  return `/v1/batches/${encodeURIComponent(batchId)}`;
}
