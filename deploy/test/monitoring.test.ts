/** Alerts and dashboard ask for metrics and labels that the servers really have: what a renamed metric breaks, breaks here. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parser } from "@prometheus-io/lezer-promql";
import { type Metric, parseMetrics, startTestCluster, type TestCluster, waitUntil } from "@sluice/testkit";
import { parse } from "yaml";
import { ROOT } from "../src/check-images.ts";

const EXTRACTOR = join(ROOT, "apps/worker/test/hostile-extractor.ts");
/** What Prometheus adds to every sample, or makes itself. */
const SCRAPED_LABELS = new Set(["instance", "job", "le"]);

let cluster: TestCluster;
let texts: string[];
let metrics: Map<string, Metric>;

beforeAll(async () => {
  cluster = await startTestCluster({ extractor: EXTRACTOR });
  const { batch } = await cluster.client.openBatch({ options: {} });
  const sample = { ordinal: 0, uri: "file:///nowhere", sizeBytes: 1, sourceVersion: "1" };
  await cluster.client.appendItems(batch.batchId, [sample]);
  await cluster.client.sealBatch(batch.batchId, 1);
  await waitUntil("the batch is done", async () => (await cluster.client.getBatch(batch.batchId)).state === "done");
  texts = await Promise.all([
    scrape(cluster.url, cluster.adminToken),
    scrape(cluster.worker?.url ?? "", cluster.workerToken),
  ]);
  metrics = new Map();
  for (const [name, metric] of texts.flatMap((text) => [...parseMetrics(text)])) {
    // Some are measured by both servers.
    metrics.set(name, { ...metric, samples: [...(metrics.get(name)?.samples ?? []), ...metric.samples] });
  }
}, 60_000);
afterAll(() => cluster.stop());

async function scrape(url: string, token: string): Promise<string> {
  return await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
}

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string; description: string } }[] }[];
}
interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
}

const alerts = (parse(readFileSync(join(ROOT, "deploy/prometheus-alerts.yaml"), "utf8")) as Rules).groups.flatMap(
  (group) => group.rules,
);
const dashboard = JSON.parse(readFileSync(join(ROOT, "deploy/grafana-dashboard.json"), "utf8")) as Dashboard;
const queries = [
  ...alerts.map(({ alert, expr }) => ({ where: alert, expr })),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ where: title, expr }))),
];

/** The metrics that a query asks for, each with the labels and values it is picked by. Throws when it is no PromQL. */
function selectorsOf(expr: string): { name: string; labels: { label: string; value: string; exact: boolean }[] }[] {
  const text = expr.replaceAll("$__rate_interval", "5m");
  const selectors: ReturnType<typeof selectorsOf> = [];
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) throw new Error(`no PromQL at ${node.from}: ${text}`);
      if (node.name !== "VectorSelector") return;
      const part = text.slice(node.from, node.to);
      const name = /^[a-zA-Z_:][\w:]*/.exec(part)?.[0] ?? "";
      const labels = [...part.matchAll(/(\w+)(=~|!=|!~|=)"([^"]*)"/g)].map(([, label = "", how, value = ""]) => {
        return { label, value, exact: how === "=" || how === "=~" };
      });
      selectors.push({ name, labels });
    },
  });
  return selectors;
}

function familyOf(name: string): Metric | undefined {
  return metrics.get(name) ?? metrics.get(name.replace(/_(bucket|sum|count)$/, ""));
}

test("there is something to check, and what is no query is found", () => {
  expect(alerts.length).toBeGreaterThan(10);
  expect(dashboard.panels.length).toBeGreaterThan(15);
  expect(() => selectorsOf("sum(rate(x[5m])")).toThrow();
  expect(selectorsOf('sum by (a) (rate(x_total{b=~"c|d"}[5m])) > y')).toEqual([
    { name: "x_total", labels: [{ label: "b", value: "c|d", exact: true }] },
    { name: "y", labels: [] },
  ]);
});

test.each(queries)("$where: $expr", ({ expr }) => {
  for (const { name, labels } of selectorsOf(expr)) {
    if (name === "up") continue;
    const family = familyOf(name);
    expect([name, family?.type]).toEqual([name, expect.any(String)]);
    for (const { label, value, exact } of labels) {
      if (SCRAPED_LABELS.has(label)) continue;
      const known = new Set(family?.samples.map((sample) => sample.labels[label]));
      for (const one of exact ? value.split("|") : [])
        expect([name, label, one, known.has(one)]).toEqual([name, label, one, true]);
    }
  }
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = ""]) =>
    list.split(",").map((label) => label.trim()),
  );
  const known = new Set(
    selectorsOf(expr).flatMap(
      ({ name }) => familyOf(name)?.samples.flatMap((sample) => Object.keys(sample.labels)) ?? [],
    ),
  );
  for (const label of grouped) expect([label, known.has(label) || SCRAPED_LABELS.has(label)]).toEqual([label, true]);
});

test("counters end in _total and are asked for by rate or increase; every metric has a help text and our prefix", () => {
  for (const [name, { type, help }] of metrics) {
    expect([name, /^(sluice|process)_[a-z_]+$/.test(name), help.length > 10]).toEqual([name, true, true]);
    expect([name, name.endsWith("_total")]).toEqual([name, type === "counter"]);
  }
  for (const { expr } of queries) {
    for (const [, name] of expr.matchAll(/(\w+_total)/g)) expect(expr).toMatch(new RegExp(`(rate|increase)\\(${name}`));
  }
});

test("the guide for operators names no metric that is not there, and every alert", () => {
  const guide = readFileSync(join(ROOT, "docs/operating.md"), "utf8");
  const named = [...guide.matchAll(/`(sluice_[a-z_]+)(?:\{[^`]*)?`/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => familyOf(name) === undefined)).toEqual([]);
  expect(alerts.map(({ alert }) => alert).filter((alert) => !guide.includes(alert))).toEqual([]);
});

const promtool = Bun.which("promtool");
test.skipIf(promtool === null)("promtool agrees, where it is installed", () => {
  const rules = Bun.spawnSync([promtool ?? "", "check", "rules", join(ROOT, "deploy/prometheus-alerts.yaml")]);
  expect([rules.success, rules.stderr.toString()]).toEqual([true, expect.any(String)]);
  const cases = join(import.meta.dir, "prometheus-alerts.test.yaml");
  const tested = Bun.spawnSync([promtool ?? "", "test", "rules", cases]);
  expect([tested.success, tested.stdout.toString()]).toEqual([true, expect.stringContaining("SUCCESS")]);
  for (const text of texts) {
    const checked = Bun.spawnSync([promtool ?? "", "check", "metrics"], { stdin: Buffer.from(text) });
    expect([checked.success, checked.stdout.toString(), checked.stderr.toString()]).toEqual([true, "", ""]);
  }
});
