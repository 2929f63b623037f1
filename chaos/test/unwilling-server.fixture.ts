/** Answers 503 to everything: `bun unwilling-server.fixture.ts HOST:PORT`. */
const [hostname = "", port = ""] = (process.argv[2] ?? "").split(":");
Bun.serve({ hostname, port: Number(port), fetch: () => new Response("busy", { status: 503 }) });
