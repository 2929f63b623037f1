/** Whether a URL's host and port may be asked for a source. */
export type HostAllowList = (url: URL) => boolean;

const STANDARD_PORTS: Record<string, string> = { "http:": "80", "https:": "443" };

/**
 * From entries such as `example.org`, `*.example.org` (every name below it), `*` (any name) and `example.org:8080`. Without a
 * port an entry is for the standard ones. An address is allowed only where it is an entry itself: `*` is for names.
 */
export function hostAllowList(entries: readonly string[]): HostAllowList {
  const rules = entries.map((entry) => {
    const [, host = "", port = ""] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    return { host: /^\[?[0-9a-f:]*:[0-9a-f:.]*\]?$/.test(entry) ? entry.toLowerCase() : host, port };
  });
  return (url) => {
    const standard = STANDARD_PORTS[url.protocol];
    if (standard === undefined) return false;
    const host = url.hostname.toLowerCase().replace(/\.$/, "");
    const isAddress = host.startsWith("[") || /^[\d.]+$/.test(host);
    return rules.some((rule) => {
      if (rule.port === "" ? url.port !== "" && url.port !== standard : (url.port || standard) !== rule.port)
        return false;
      if (rule.host === "*") return !isAddress;
      if (rule.host.startsWith("*.")) return !isAddress && host.endsWith(rule.host.slice(1));
      return host === rule.host || host === `[${rule.host}]`;
    });
  };
}
