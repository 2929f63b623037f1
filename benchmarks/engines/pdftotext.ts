import { peakRssOf } from "../metrics/peak-rss.ts";
import type { Engine } from "./engine.ts";

/** Poppler's program, one process a document as it is used: its start is part of its cost. */
export function pdftotext(): Engine {
  const asked = Bun.spawnSync(["pdftotext", "-v"], { stdout: "ignore", stderr: "pipe" });
  return {
    version: /version (\S+)/.exec(asked.stderr.toString())?.[1] ?? "unknown",
    async extract({ path, timeoutMs }) {
      const child = Bun.spawn(["pdftotext", "-q", "-enc", "UTF-8", path, "-"], {
        stdin: "ignore",
        stdout: "pipe",
        stderr: "pipe",
        // Before the bench gives up on this process, which would leave the program behind.
        timeout: 0.95 * timeoutMs,
        killSignal: "SIGKILL",
      });
      const chunks: Uint8Array[] = [];
      // Its own high-water mark as it writes: the kernel's figure after its end would include that of this process.
      let peakRssBytes = peakRssOf(child.pid);
      for await (const chunk of child.stdout) {
        chunks.push(chunk);
        peakRssBytes = Math.max(peakRssBytes, peakRssOf(child.pid));
      }
      const complaint = await new Response(child.stderr).text();
      const code = await child.exited;
      if (child.signalCode === "SIGKILL") throw new Error(`timed out after ${timeoutMs / 1000} s`);
      if (code !== 0) throw new Error(complaint.trim().split("\n").at(-1) || `ended with ${child.signalCode ?? code}`);
      const text = Buffer.concat(chunks).toString("utf8");
      const cpuMs = Number(child.resourceUsage()?.cpuTime.total ?? 0) / 1000;
      // Each page ends with a form feed.
      return { pages: text.split("\f").length - 1, text: text.replace(/\f$/, ""), cost: { cpuMs, peakRssBytes } };
    },
  };
}
