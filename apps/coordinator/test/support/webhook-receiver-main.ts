/**
 * A receiver of webhooks, as a process: says on its first line where it listens, then each request that came, a line of JSON each.
 * What it answers the path says: `/ok`, `/status/N`, `/slow/MS`, `/fail/N/STATUS` (each event's first N tries), `/redirect?to=`.
 */
const tries = new Map<string, number>();

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: Number(process.argv[2] ?? 0),
  fetch: async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const headers = Object.fromEntries(request.headers);
    const id = `${pathname} ${headers["webhook-id"]}`;
    const count = (tries.get(id) ?? 0) + 1;
    tries.set(id, count);
    const [, verb, first = "", second = ""] = pathname.split("/");
    process.stdout.write(`${JSON.stringify({ path: pathname, headers, body: await request.text() })}\n`);
    if (verb === "status") return new Response("secret of the inside", { status: Number(first) });
    if (verb === "fail" && count <= Number(first)) return new Response(null, { status: Number(second) });
    if (verb === "redirect")
      return new Response(null, { status: 307, headers: { location: searchParams.get("to") ?? "" } });
    if (verb === "slow") await Bun.sleep(Number(first));
    return new Response(null, { status: 204 });
  },
});
process.stdout.write(`${server.port}\n`);
