import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { AppError } from "@sluice/contracts";

/** Where a server's certificate, with the chain behind it, and its key lie, in PEM. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** The two variables of an app as one, or null without both. CONFIG_INVALID for one alone. */
export function tlsFiles(certFile: string | undefined, keyFile: string | undefined): TlsFiles | null {
  if (certFile === undefined && keyFile === undefined) return null;
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile };
  throw new AppError("CONFIG_INVALID", "SLUICE_TLS_CERT and SLUICE_TLS_KEY go together: one of them is missing.");
}

/** Reads both, and sees that they belong together. CONFIG_INVALID says which file is at fault; a key is never shown. */
export function readCertificate({ certFile, keyFile }: TlsFiles): Certificate {
  const cert = read(certFile, "SLUICE_TLS_CERT");
  const key = read(keyFile, "SLUICE_TLS_KEY");
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(cert);
  } catch {
    throw new AppError("CONFIG_INVALID", `SLUICE_TLS_CERT: ${certFile} is no certificate in PEM.`);
  }
  let fits: boolean;
  try {
    fits = certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    throw new AppError("CONFIG_INVALID", `SLUICE_TLS_KEY: ${keyFile} is no private key in PEM without a passphrase.`);
  }
  if (!fits) throw new AppError("CONFIG_INVALID", `SLUICE_TLS_KEY: ${keyFile} is not the key of ${certFile}.`);
  return { cert, key };
}

function read(file: string, variable: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new AppError("CONFIG_INVALID", `${variable}: ${file} cannot be read.`, { cause: error });
  }
}
