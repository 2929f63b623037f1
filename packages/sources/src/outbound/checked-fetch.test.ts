import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkedFetch, type OutboundRules } from "./checked-fetch.ts";
import { hostAllowList } from "./host-allow-list.ts";
import { OutboundRefusal } from "./outbound-refusal.ts";
import { mayConnect, parseNetwork } from "./public-address.ts";

const never = new AbortController().signal;
let inside: Bun.Server<undefined>;
let hits = 0;

beforeAll(() => {
  inside = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request) => {
      hits += 1;
      const { pathname } = new URL(request.url);
      if (pathname === "/redirect") return Response.redirect(`http://127.0.0.1:${inside.port}/inner`, 307);
      return new Response(`${request.method} ${request.headers.get("host")} ${await request.text()}`);
    },
  });
});
afterAll(async () => await inside.stop(true));

type Names = Record<string, string[] | (() => string[] | Promise<string[]>)>;

function rules({
  hosts = [`*.test:${inside.port}`],
  networks = [] as string[],
  names = {} as Names,
} = {}): OutboundRules {
  const allowed = networks.map(parseNetwork).filter((network) => network !== null);
  return {
    allowsHost: hostAllowList(hosts),
    allowsAddress: (address) => mayConnect(address, allowed),
    resolve: async (host) => {
      const found = names[host] ?? [];
      return typeof found === "function" ? await found() : found;
    },
  };
}

async function outcome(url: string, given: OutboundRules, signal = never): Promise<string> {
  try {
    const response = await checkedFetch(new URL(url), { method: "POST", headers: {}, body: "hello", signal }, given);
    return response.status === 200 ? await response.text() : String(response.status);
  } catch (error) {
    if (error instanceof OutboundRefusal) return error.reason;
    return error instanceof Error ? error.name : String(error);
  }
}

describe("a request", () => {
  test("reaches what is allowed, at the address that was checked, by its own name", async () => {
    const given = rules({ networks: ["127.0.0.1"], names: { "a.test": ["127.0.0.1"] } });
    expect(await outcome(`http://a.test:${inside.port}/`, given)).toBe(`POST a.test:${inside.port} hello`);
  });

  test("to a name at an inner address is not made, whatever else it resolves to", async () => {
    hits = 0;
    const addresses = ["127.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "::1", "0.0.0.0"];
    for (const found of [...addresses.map((address) => [address]), ["93.184.216.34", "127.0.0.1"]]) {
      expect(await outcome(`http://a.test:${inside.port}/`, rules({ names: { "a.test": found } }))).toBe("address");
    }
    expect(hits).toBe(0);
  });

  test("to an address in any way of writing is not made", async () => {
    hits = 0;
    const hosts = [
      "127.0.0.1",
      "2130706433",
      "0x7f000001",
      "0177.0.0.1",
      "127.1",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "[::]",
    ];
    const anything: OutboundRules = { allowsHost: () => true, allowsAddress: (address) => mayConnect(address) };
    for (const host of hosts) {
      expect([host, await outcome(`http://${host}:${inside.port}/`, anything)]).toEqual([host, "address"]);
    }
    // As the system resolves it.
    expect(await outcome(`http://localhost:${inside.port}/`, anything)).toBe("address");
    expect(hits).toBe(0);
  });

  test("a name that changes its address after it was checked changes nothing: it is asked once, and its answer is used", async () => {
    let asked = 0;
    const given = rules({
      networks: ["127.0.0.1"],
      names: { "a.test": () => (asked++ === 0 ? ["127.0.0.1"] : ["127.0.0.2"]) },
    });
    expect(await outcome(`http://a.test:${inside.port}/`, given)).toBe(`POST a.test:${inside.port} hello`);
    expect(asked).toBe(1);
    expect(await outcome(`http://a.test:${inside.port}/`, given)).toBe("address");
  });

  test("a redirect is an answer", async () => {
    hits = 0;
    const given = rules({ networks: ["127.0.0.1"], names: { "a.test": ["127.0.0.1"] } });
    expect(await outcome(`http://a.test:${inside.port}/redirect`, given)).toBe("307");
    expect(hits).toBe(1);
  });

  test("what is refused before anything is asked", async () => {
    const given = rules({ names: { "a.test": ["93.184.216.34"] } });
    expect(await outcome(`http://user:pass@a.test:${inside.port}/`, given)).toBe("credentials");
    expect(await outcome("http://a.test:1/", given)).toBe("host");
    expect(await outcome("ftp://a.test/", given)).toBe("host");
    expect(await outcome(`http://b.test:${inside.port}/`, given)).toBe("unknown_host");
  });

  test("an address where nobody listens is passed over, and a name without an answer ends with the signal", async () => {
    const given = rules({ networks: ["127.0.0.0/8"], names: { "a.test": ["127.0.0.9", "127.0.0.1"] } });
    expect(await outcome(`http://a.test:${inside.port}/`, given)).toBe(`POST a.test:${inside.port} hello`);
    const silent = rules({ names: { "a.test": () => new Promise(() => undefined) } });
    expect(await outcome(`http://a.test:${inside.port}/`, silent, AbortSignal.timeout(50))).toBe("TimeoutError");
  });
});

const openssl = Bun.which("openssl");

test.skipIf(openssl === null)("TLS: the certificate has to be the name's, although the address was asked", async () => {
  const folder = mkdtempSync(join(tmpdir(), "outbound-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const made = Bun.spawnSync([
    openssl ?? "openssl",
    ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=a.test".split(" "),
    "-addext",
    "subjectAltName=DNS:a.test",
    "-keyout",
    key,
    "-out",
    cert,
  ]);
  expect(made.exitCode).toBe(0);
  await using server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    tls: { key: Bun.file(key), cert: Bun.file(cert) },
    fetch: (request) => new Response(request.headers.get("host")),
  });
  // A process trusts what it is told at its start.
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "fetch-named.fixture.ts"), String(server.port)], {
    env: { PATH: Bun.env["PATH"] ?? "", NODE_EXTRA_CA_CERTS: cert },
    stdout: "pipe",
    stderr: "inherit",
  });
  const lines = (await new Response(child.stdout).text()).trim().split("\n");
  rmSync(folder, { recursive: true });
  expect(lines[0]).toBe(`a.test:${server.port}`);
  expect(lines[1]).toMatch(/ALTNAME|altname|certificate/i);
  expect(lines[2]).toBe(`a.test:${server.port}`);
});
