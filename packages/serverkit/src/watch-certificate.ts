import { type Certificate, readCertificate, type TlsFiles } from "./tls-files.ts";

// Certificates are renewed days before they end; whoever cannot wait sends SIGHUP.
const LOOK_EVERY_MS = 10_000;

/**
 * Calls `renewed` when the files hold another certificate, and `failed`, once for each fault, when they hold none that can be
 * used: half of a renewal is written, say. Looks now and then, and at SIGHUP. Returns how to end it.
 */
export function watchCertificate(
  files: TlsFiles,
  now: Certificate,
  {
    renewed,
    failed,
    everyMs = LOOK_EVERY_MS,
  }: {
    renewed: (certificate: Certificate) => void;
    failed: (error: unknown) => void;
    everyMs?: number;
  },
): () => void {
  let current = now;
  let lastFault = "";
  const look = () => {
    try {
      const found = readCertificate(files);
      lastFault = "";
      if (found.cert === current.cert && found.key === current.key) return;
      renewed(found);
      current = found;
    } catch (error) {
      if (String(error) !== lastFault) failed(error);
      lastFault = String(error);
    }
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  process.on("SIGHUP", look);
  return () => {
    clearInterval(timer);
    process.off("SIGHUP", look);
  };
}
