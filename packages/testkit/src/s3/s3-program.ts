/** What opens the S3 servers of tests. */
export const S3_KEYS = {
  accessKeyId: "test-access-key",
  secretAccessKey: "test-secret-key-of-the-server",
} as const;

/** The command of an S3 server. Both folders must be there; each folder in `data` is a bucket. */
export function s3Command(program: string, at: string, { data, facts }: { data: string; facts: string }): string[] {
  // Facts of objects beside them, not in extended attributes: those are not everywhere.
  return [program, "--port", at, "--quiet", "posix", "--sidecar", facts, data];
}

/** Variables with which both servers of Sluice read from it. */
export function s3Environment(endpoint: string): Record<string, string> {
  return {
    SLUICE_S3_ENDPOINT: endpoint,
    SLUICE_S3_ACCESS_KEY_ID: S3_KEYS.accessKeyId,
    SLUICE_S3_SECRET_ACCESS_KEY: S3_KEYS.secretAccessKey,
    SLUICE_S3_BUCKETS: "*",
  };
}
