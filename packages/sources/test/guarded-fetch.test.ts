import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { hostAllowList } from "../src/outbound/host-allow-list.ts";
import { mayConnect, parseNetwork } from "../src/outbound/public-address.ts";
import { RemoteSources } from "../src/remote.ts";

let inside: ReturnType<typeof Bun.serve>;
let hits = 0;
const never = new AbortController().signal;

beforeAll(() => {
  inside = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: (request) => {
      hits += 1;
      const { pathname, searchParams } = new URL(request.url);
      const to = searchParams.get("to");
      if (to !== null) return new Response(null, { status: 302, headers: { location: to } });
      if (pathname === "/host") return new Response(request.headers.get("host"), { headers: { etag: '"1"' } });
      return new Response("secret", { headers: { etag: '"1"' } });
    },
  });
});
afterAll(async () => await inside.stop(true));

function remote(over: { hosts?: string[]; networks?: string[]; names?: Record<string, string[] | (() => string[])> }) {
  const { hosts = ["*", `*.test:${inside.port}`], networks = [], names = {} } = over;
  return new RemoteSources({ httpHosts: hosts, httpNetworks: networks, ca: null, s3: null }, async (host) => {
    const found = names[host];
    return typeof found === "function" ? found() : (found ?? []);
  });
}

async function outcome(sources: RemoteSources, url: string): Promise<string> {
  try {
    const body = await sources.open({ scheme: "http", url: new URL(url).href }, 1_000, never);
    return Buffer.concat(await Array.fromAsync(body.bytes)).toString();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

describe("addresses", () => {
  test("only those of the open internet, in every way of writing", () => {
    for (const address of [
      "127.0.0.1",
      "127.1.2.3",
      "0.0.0.0",
      "10.0.0.1",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "192.0.0.1",
      "192.0.2.1",
      "198.18.0.1",
      "198.51.100.1",
      "203.0.113.1",
      "224.0.0.1",
      "240.0.0.1",
      "255.255.255.255",
      "::",
      "::1",
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "::ffff:169.254.169.254",
      "fe80::1",
      "fc00::1",
      "fd00:ec2::254",
      "ff02::1",
      "64:ff9b::7f00:1",
      "2002:7f00:1::",
      "2001:db8::1",
      "::127.0.0.1",
      "0x7f.1",
      "2130706433",
      "017700000001",
      "127.1",
      "",
      "localhost",
      "1.2.3.4.5",
      "fe80::1%eth0",
    ]) {
      expect([address, mayConnect(address, [])]).toEqual([address, false]);
    }
    for (const address of ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]) {
      expect([address, mayConnect(address, [])]).toEqual([address, true]);
    }
  });

  test("a network of one's own is opened by name, and nothing beside it", () => {
    const networks = [parseNetwork("10.1.0.0/16"), parseNetwork("::1")].filter((network) => network !== null);
    expect(
      ["10.1.2.3", "::ffff:10.1.2.3", "::1", "10.2.0.1", "127.0.0.1"].map((address) => mayConnect(address, networks)),
    ).toEqual([true, true, true, false, false]);
  });
});

test("hosts: names, names below a name, ports; addresses only where they are named", () => {
  const allows = hostAllowList(["example.org", "*.files.org", "docs.org:8443", "10.0.0.7", "[::1]:80"]);
  const verdict = (url: string) => allows(new URL(url));
  for (const url of [
    "https://example.org/a",
    "http://EXAMPLE.org./",
    "https://a.b.files.org/",
    "https://docs.org:8443/",
    "http://10.0.0.7/",
    "http://[::1]/",
  ]) {
    expect([url, verdict(url)]).toEqual([url, true]);
  }
  for (const url of [
    "https://example.org:8443/",
    "https://a.example.org/",
    "https://files.org/",
    "https://evilfiles.org/",
    "https://docs.org/",
    "http://10.0.0.8/",
    "https://[::1]/",
    "ftp://example.org/",
    "http://example.org.evil.org/",
  ]) {
    expect([url, verdict(url)]).toEqual([url, false]);
  }
  const any = hostAllowList(["*"]);
  expect(
    ["http://a/", "http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "http://a:81/"].map((url) =>
      any(new URL(url)),
    ),
  ).toEqual([true, false, false, false, false]);
  expect(hostAllowList([])(new URL("http://example.org/"))).toBe(false);
});

describe("a request", () => {
  test("reaches what is allowed, at the address that was checked, by its own name", async () => {
    const sources = remote({ networks: ["127.0.0.1"], names: { "docs.test": ["127.0.0.1"] } });
    expect(await outcome(sources, `http://docs.test:${inside.port}/host`)).toBe(`docs.test:${inside.port}`);
  });

  test("to a name at an inner address is not made", async () => {
    hits = 0;
    for (const address of ["127.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "::1", "0.0.0.0"]) {
      const sources = remote({ names: { "docs.test": [address] } });
      expect(await outcome(sources, `http://docs.test:${inside.port}/`)).toBe("SOURCE_NOT_ALLOWED");
    }
    // One good address does not make the others good.
    const mixed = remote({ names: { "docs.test": ["93.184.216.34", "127.0.0.1"] } });
    expect(await outcome(mixed, `http://docs.test:${inside.port}/`)).toBe("SOURCE_NOT_ALLOWED");
    expect(hits).toBe(0);
  });

  test("a name that changes its address after it was checked changes nothing: it is asked once, and its answer is used", async () => {
    let asked = 0;
    const rebinding = () => (asked++ === 0 ? ["127.0.0.1"] : ["127.0.0.2"]);
    const sources = remote({ networks: ["127.0.0.1"], names: { "docs.test": rebinding } });
    expect(await outcome(sources, `http://docs.test:${inside.port}/host`)).toBe(`docs.test:${inside.port}`);
    expect(asked).toBe(1);
    // The second answer lies outside of what may be reached, and is checked as the first one was.
    expect(await outcome(sources, `http://docs.test:${inside.port}/host`)).toBe("SOURCE_NOT_ALLOWED");
  });

  test("redirects are checked like addresses, counted, and never lead to another scheme", async () => {
    const sources = remote({
      networks: ["127.0.0.1"],
      names: { "docs.test": ["127.0.0.1"], "up.test": ["127.0.0.3"] },
    });
    const via = (to: string) => outcome(sources, `http://docs.test:${inside.port}/?to=${encodeURIComponent(to)}`);
    expect(await via(`http://docs.test:${inside.port}/`)).toBe("secret");
    for (const to of [
      `http://127.0.0.1:${inside.port}/`,
      "http://169.254.169.254/latest/meta-data/",
      `http://[::ffff:127.0.0.1]:${inside.port}/`,
      `http://[::]:${inside.port}/`,
      `http://2130706433:${inside.port}/`,
      `http://0177.0.0.1:${inside.port}/`,
      `http://0x7f000001:${inside.port}/`,
      `http://up.test:${inside.port}/`,
      `http://user:pass@docs.test:${inside.port}/`,
      "file:///etc/passwd",
      "ftp://docs.test/",
      "gopher://docs.test/",
    ]) {
      expect([to, await via(to)]).toEqual([to, "SOURCE_NOT_ALLOWED"]);
    }
    hits = 0;
    expect(await via(`http://docs.test:${inside.port}/?to=${encodeURIComponent("http://docs.test:1/")}`)).toBe(
      "SOURCE_NOT_ALLOWED",
    );
    const circle = `http://docs.test:${inside.port}/?to=`;
    expect(await outcome(sources, `${circle}${encodeURIComponent("?to=%3Fto")}`)).toMatch(/^secret$|SOURCE_UNREADABLE/);
    expect(hits).toBeLessThan(10);
  });

  test("without end is given up", async () => {
    await using loop = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => Response.redirect("/again", 302) });
    const sources = remote({
      hosts: [`docs.test:${loop.port}`],
      networks: ["127.0.0.1"],
      names: { "docs.test": ["127.0.0.1"] },
    });
    expect(await outcome(sources, `http://docs.test:${loop.port}/`)).toBe("SOURCE_UNREADABLE");
  });

  test("nothing is allowed where nothing is named", async () => {
    expect(await outcome(remote({ hosts: [] }), "http://example.org/")).toBe("SOURCE_NOT_ALLOWED");
  });
});

describe("what a server does", () => {
  async function answered(fetch: (request: Request) => Response | Promise<Response>, maxBytes = 1_000) {
    await using server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch });
    const sources = remote({ hosts: [`127.0.0.1:${server.port}`], networks: ["127.0.0.1"] });
    try {
      const body = await sources.open({ scheme: "http", url: `http://127.0.0.1:${server.port}/` }, maxBytes, never);
      const bytes = Buffer.concat(await Array.fromAsync(body.bytes));
      return `${bytes.length} ${body.version}`;
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  }

  test("has a name", async () => {
    expect(await answered(() => new Response("12345", { headers: { etag: 'W/"v"' } }))).toBe('5 etag:W/"v"');
    const modified = { "last-modified": "Tue, 01 Dec 2026 00:00:00 GMT" };
    expect(await answered(() => new Response("12345", { headers: modified }))).toBe("5 modified:1796083200000:5");
    expect(await answered(() => new Response("12345"))).toMatch(/^5 at:\d+$/);
    expect(await answered(() => new Response("123456"), 5)).toBe("SOURCE_TOO_LARGE");
    expect(await answered(() => new Response(null, { status: 404 }))).toBe("SOURCE_NOT_FOUND");
    expect(await answered(() => new Response(null, { status: 403 }))).toBe("SOURCE_UNREADABLE");
    expect(await answered(() => new Response(null, { status: 503 }))).toBe("SOURCE_UNAVAILABLE");
  });

  test("what passes is tried again", async () => {
    let asked = 0;
    expect(await answered(() => (asked++ < 2 ? new Response(null, { status: 503 }) : new Response("12345")))).toMatch(
      /^5 /,
    );
    expect(asked).toBe(3);
  });

  test("nobody there, and a connection that breaks off in the middle", async () => {
    const gone = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response() });
    const { port } = gone;
    await gone.stop(true);
    const sources = remote({ hosts: [`127.0.0.1:${port}`], networks: ["127.0.0.1"] });
    expect(await outcome(sources, `http://127.0.0.1:${port}/`)).toBe("SOURCE_UNAVAILABLE");
    // At once: it did not answer a moment ago.
    const before = performance.now();
    expect(await outcome(sources, `http://127.0.0.1:${port}/`)).toBe("SOURCE_UNAVAILABLE");
    expect(performance.now() - before).toBeLessThan(150);
    const short = Bun.listen({
      hostname: "127.0.0.1",
      port: 0,
      socket: {
        data: (socket) => {
          socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this");
          socket.end();
        },
      },
    });
    const broken = remote({ hosts: [`127.0.0.1:${short.port}`], networks: ["127.0.0.1"] });
    expect(await outcome(broken, `http://127.0.0.1:${short.port}/`)).toBe("SOURCE_UNAVAILABLE");
    short.stop(true);
  });
});
