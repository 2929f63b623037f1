/** Whether a URL's host and port are in a list. */
export type HostAllowList = (url: URL) => boolean;

const STANDARD_PORTS: Record<string, string> = { "http:": "80", "https:": "443" };

/**
 * From entries such as `example.org`, `*.example.org` (every name below it), `*` (any name), `example.org:8080` and `example.org:*` (any
 * port). Without a port an entry is for the standard ones. An address is allowed only where it is an entry itself: `*` is for names.
 */
export function hostAllowList(entries: readonly string[]): HostAllowList {
  const rules = entries.map(parseEntry);
  return (url) => {
    const standard = STANDARD_PORTS[url.protocol];
    if (standard === undefined) return false;
    const host = url.hostname.toLowerCase().replace(/\.$/, "");
    const isAddress = host.startsWith("[") || /^[\d.]+$/.test(host);
    const port = url.port === "" ? standard : url.port;
    return rules.some((rule) => {
      if (rule.port !== "*" && port !== (rule.port ?? standard)) return false;
      if (rule.host === "*") return !isAddress;
      if (rule.host.startsWith("*.")) return !isAddress && host.endsWith(rule.host.slice(1));
      return host === rule.host;
    });
  };
}

function parseEntry(entry: string): { host: string; port: string | null } {
  const text = entry.toLowerCase();
  // An IPv6 address has its port outside of brackets.
  const bare = /^[0-9a-f:]*:[0-9a-f.]*:[0-9a-f:.]*$/.test(text) ? `[${text}]` : text;
  const [, host = "", port] = /^(\[.*\]|.*?)(?::(\d+|\*))?$/.exec(bare) ?? [];
  return { host, port: port ?? null };
}
