import { SourceFault } from "../source-fault.ts";

export interface S3Settings {
  /** `https://host:port`; null: AWS itself. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
  /** true: the bucket is part of the host's name. */
  readonly virtualHosts: boolean;
  /** Buckets that may be read: none but these, or with `*` all that the key opens. */
  readonly buckets: readonly string[];
}

export interface S3Entry {
  readonly key: string;
  readonly sizeBytes: number;
  /** As `RemoteFacts.version` is of the same object. */
  readonly version: string;
}

// The library signs for so long at most; a request that is under way is not cut off at its end.
const LINK_SECONDS = 900;

/** An S3 service by Bun's client, which signs and lists. Which endpoint it is, configuration alone says. */
export class S3Access {
  readonly #settings: S3Settings;
  readonly #client: Bun.S3Client;

  constructor(settings: S3Settings) {
    this.#settings = settings;
    const { endpoint, region, accessKeyId, secretAccessKey, sessionToken, virtualHosts } = settings;
    this.#client = new Bun.S3Client({
      region,
      accessKeyId,
      secretAccessKey,
      virtualHostedStyle: virtualHosts,
      ...(endpoint === null ? {} : { endpoint }),
      ...(sessionToken === null ? {} : { sessionToken }),
    });
  }

  /** A signed link to an object. Throws SOURCE_NOT_ALLOWED or SOURCE_UNREADABLE. */
  link(bucket: string, key: string, method: "GET" | "HEAD"): string {
    this.#check(bucket);
    if (key.split("/").some((part) => part === "." || part === "..")) {
      throw new SourceFault("SOURCE_UNREADABLE", "A key with a part `.` or `..` cannot be asked for over HTTP.");
    }
    return this.#client.presign(key, { bucket, method, expiresIn: LINK_SECONDS });
  }

  /**
   * The objects after a key in the order of their keys, up to 1,000, and whether there are more. Throws SourceFault:
   * SOURCE_NOT_FOUND (no such bucket), SOURCE_UNREADABLE (refused) or SOURCE_UNAVAILABLE.
   */
  async list(bucket: string, prefix: string, after: string | null): Promise<{ entries: S3Entry[]; more: boolean }> {
    this.#check(bucket);
    let answer: Bun.S3ListObjectsResponse;
    try {
      answer = await this.#client.list(
        { prefix, maxKeys: 1_000, ...(after === null ? {} : { startAfter: after }) },
        { bucket },
      );
    } catch (error) {
      throw listFault(bucket, error);
    }
    const entries = (answer.contents ?? []).map(({ key, size, eTag, lastModified }) => ({
      key,
      sizeBytes: size ?? 0,
      version: objectVersion(eTag ?? "", lastModified ?? "", size ?? 0),
    }));
    return { entries, more: answer.isTruncated === true && entries.length > 0 };
  }

  #check(bucket: string): void {
    const { buckets } = this.#settings;
    if (buckets.includes(bucket) || buckets.includes("*")) return;
    throw new SourceFault(
      "SOURCE_NOT_ALLOWED",
      `The bucket ${bucket} is not among those that may be read (SLUICE_S3_BUCKETS).`,
    );
  }
}

/** Gateways over foreign files may know no ETag. */
export function objectVersion(etag: string, lastModified: string, size: number | null): string {
  const bare = etag.replaceAll('"', "");
  if (bare !== "") return `etag:${bare}`.slice(0, 256);
  const modified = Date.parse(lastModified);
  return Number.isNaN(modified) ? `at:${Date.now()}` : `modified:${modified}:${size ?? ""}`;
}

const REFUSED = new Set([
  "AccessDenied",
  "InvalidAccessKeyId",
  "SignatureDoesNotMatch",
  "AllAccessDisabled",
  "AuthorizationHeaderMalformed",
  "PermanentRedirect",
  "ExpiredToken",
  "InvalidToken",
  "RequestTimeTooSkewed",
  "InvalidBucketName",
  "InvalidArgument",
]);

/** Whatever is not known to be for good may pass. */
function listFault(bucket: string, error: unknown): SourceFault {
  const { code = "no answer", message = "" } = error as { code?: string; message?: string };
  const said = message === "" ? code : `${code}: ${message.slice(0, 200)}`;
  if (code === "NoSuchBucket")
    return new SourceFault("SOURCE_NOT_FOUND", `There is no bucket ${bucket}.`, { cause: error });
  const kind = REFUSED.has(code) ? "SOURCE_UNREADABLE" : "SOURCE_UNAVAILABLE";
  return new SourceFault(kind, `The bucket ${bucket} could not be listed (${said}).`, { cause: error });
}
