/**
 * The names of sources. `file:///path`, `s3://bucket/key`, `http(s)://…`, `upload://SHA-256/name`; a member of an archive is
 * the archive's URI, `#/` and the member's path. Paths, keys and names are percent-encoded as those of files are.
 */
import { filePathBytes, fileUri } from "./file-uri.ts";
import { percentDecode, percentEncode } from "./percent-bytes.ts";

export type SourcePlace =
  | { readonly scheme: "file"; readonly path: Uint8Array }
  | { readonly scheme: "s3"; readonly bucket: string; readonly key: string }
  | { readonly scheme: "http"; readonly url: string }
  | { readonly scheme: "upload"; readonly contentHash: string; readonly name: string };

export interface ParsedSource {
  readonly place: SourcePlace;
  /** The URI of `place`, as `formatSource` writes it. */
  readonly uri: string;
  /** Path of a member, when `place` is an archive; null: the source itself. */
  readonly member: string | null;
}

const MEMBER_MARK = "#/";
// Names of buckets as S3 has them; endpoints of one's own may be older and allow upper case and underscores.
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/;
const UPLOAD = /^upload:\/\/([0-9a-f]{64})\/(.+)$/;

/** What a URI names, or null when it names nothing that can be read. Never throws. */
export function parseSource(uri: string): ParsedSource | null {
  const at = uri.indexOf(MEMBER_MARK);
  const member = at < 0 ? null : textOf(uri.slice(at + MEMBER_MARK.length));
  if (at >= 0 && (member === null || member === "")) return null;
  const place = parsePlace(at < 0 ? uri : uri.slice(0, at));
  return place === null ? null : { place, uri: formatSource(place), member };
}

export function formatSource(place: SourcePlace): string {
  if (place.scheme === "file") return fileUri(place.path);
  if (place.scheme === "s3") return `s3://${place.bucket}/${percentEncode(place.key)}`;
  if (place.scheme === "http") return place.url;
  return `upload://${place.contentHash}/${percentEncode(place.name)}`;
}

export function memberUri(archiveUri: string, member: string): string {
  return `${archiveUri}${MEMBER_MARK}${percentEncode(member)}`;
}

function parsePlace(uri: string): SourcePlace | null {
  if (uri.startsWith("file:")) {
    const path = filePathBytes(uri);
    return path === null ? null : { scheme: "file", path };
  }
  if (uri.startsWith("s3://")) return parseS3(uri.slice("s3://".length));
  if (uri.startsWith("upload:")) {
    const [, contentHash = "", encoded = ""] = UPLOAD.exec(uri) ?? [];
    const name = textOf(encoded);
    return contentHash === "" || name === null ? null : { scheme: "upload", contentHash, name };
  }
  return parseHttp(uri);
}

function parseS3(rest: string): SourcePlace | null {
  const slash = rest.indexOf("/");
  const bucket = slash < 0 ? rest : rest.slice(0, slash);
  const key = slash < 0 ? "" : textOf(rest.slice(slash + 1));
  if (!BUCKET.test(bucket) || key === null) return null;
  // S3 takes no longer ones.
  return new TextEncoder().encode(key).length > 1_024 ? null : { scheme: "s3", bucket, key };
}

/** Without a fragment. Credentials in a URL would be stored and shown with it: such a URL names nothing. */
function parseHttp(uri: string): SourcePlace | null {
  if (!/^https?:\/\//i.test(uri)) return null;
  const url = URL.parse(uri);
  if (url === null || url.hostname === "" || url.username !== "" || url.password !== "") return null;
  url.hash = "";
  return { scheme: "http", url: url.href };
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function textOf(encoded: string): string | null {
  const bytes = percentDecode(encoded);
  if (bytes === null) return null;
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}
