import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { parseNetwork } from "./outbound/public-address.ts";
import type { S3Settings } from "./s3/s3-access.ts";

/** How sources on other machines are reached: plain data, so that it may be handed to a child process. */
export interface RemoteSettings {
  readonly httpHosts: readonly string[];
  /** CIDR. */
  readonly httpNetworks: readonly string[];
  /** Certificates (PEM) that may vouch for https sources, beside those that everybody trusts; null: none. */
  readonly ca: string | null;
  /** null: no S3. */
  readonly s3: S3Settings | null;
}

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ""),
);
const flag = z.enum(["0", "1", "true", "false"]).transform((text) => text === "1" || text === "true");

/** The variables of both servers, as a shape for their schemas. */
export const remoteVariables = {
  /** Hosts that http(s) sources may lie on: `example.org`, `*.example.org`, `host:8080`, `*`. None: there are no such sources. */
  SLUICE_HTTP_HOSTS: list.optional(),
  /** Networks of one's own that they may lie in; everything but the open internet is refused otherwise. */
  SLUICE_HTTP_PRIVATE_NETWORKS: list
    .refine(
      (entries) => entries.every((entry) => parseNetwork(entry) !== null),
      "expected addresses or networks (CIDR)",
    )
    .optional(),
  /** Certificates of one's own authorities for https sources, PEM. Which hosts and addresses may be asked is not touched by it. */
  SLUICE_SOURCE_CA: z
    .string()
    .refine((text) => text === "" || isCertificates(text), "expected certificates in PEM")
    .optional(),
  SLUICE_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  SLUICE_S3_REGION: z.string().default("us-east-1"),
  SLUICE_S3_ACCESS_KEY_ID: z.string().optional(),
  SLUICE_S3_SECRET_ACCESS_KEY: z.string().optional(),
  SLUICE_S3_SESSION_TOKEN: z.string().optional(),
  /** Whether the bucket is part of the host's name; by default it is at AWS, and in the path elsewhere. */
  SLUICE_S3_VIRTUAL_HOSTS: flag.optional(),
  /**
   * Buckets that sources may name; `*`: all that the key opens. By default none: a key that was given for uploads must not open
   * the uploads of others to whoever may submit.
   */
  SLUICE_S3_BUCKETS: list.optional(),
} as const;

/** Variables that may be given as a file, by `NAME_FILE`. */
export const REMOTE_SECRETS = [
  "SLUICE_SOURCE_CA",
  "SLUICE_S3_ACCESS_KEY_ID",
  "SLUICE_S3_SECRET_ACCESS_KEY",
  "SLUICE_S3_SESSION_TOKEN",
];

type RemoteVariables = z.infer<z.ZodObject<typeof remoteVariables>>;

export function remoteSettings(env: RemoteVariables): RemoteSettings {
  return {
    httpHosts: env.SLUICE_HTTP_HOSTS ?? [],
    httpNetworks: env.SLUICE_HTTP_PRIVATE_NETWORKS ?? [],
    ca: env.SLUICE_SOURCE_CA === undefined || env.SLUICE_SOURCE_CA === "" ? null : env.SLUICE_SOURCE_CA,
    s3: s3Settings(env),
  };
}

function isCertificates(text: string): boolean {
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    return found.length > 0 && found.every((pem) => new X509Certificate(pem).subject !== "");
  } catch {
    return false;
  }
}

function s3Settings(env: RemoteVariables): S3Settings | null {
  if (env.SLUICE_S3_ACCESS_KEY_ID === undefined || env.SLUICE_S3_SECRET_ACCESS_KEY === undefined) return null;
  return {
    endpoint: env.SLUICE_S3_ENDPOINT ?? null,
    region: env.SLUICE_S3_REGION,
    accessKeyId: env.SLUICE_S3_ACCESS_KEY_ID,
    secretAccessKey: env.SLUICE_S3_SECRET_ACCESS_KEY,
    sessionToken: env.SLUICE_S3_SESSION_TOKEN ?? null,
    virtualHosts: env.SLUICE_S3_VIRTUAL_HOSTS ?? env.SLUICE_S3_ENDPOINT === undefined,
    buckets: env.SLUICE_S3_BUCKETS ?? [],
  };
}
