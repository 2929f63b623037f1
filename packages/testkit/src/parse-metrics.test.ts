import { expect, test } from "bun:test";
import { metricValue, parseMetrics } from "./parse-metrics.ts";

const HEAD = "# HELP a_total Some.\n# TYPE a_total counter\n";
const HISTOGRAM = "# HELP b_seconds Times.\n# TYPE b_seconds histogram\n";

test("samples with their labels, and of histograms their counts", () => {
  const metrics = parseMetrics(
    `${HEAD}a_total{x="1",y="a \\"b\\" \\\\ \\n"} 2\na_total{x="2",y="c"} 3e1\n` +
      `${HISTOGRAM}b_seconds_bucket{le="1",r="/a"} 1\nb_seconds_bucket{le="+Inf",r="/a"} 4\nb_seconds_sum{r="/a"} 9\nb_seconds_count{r="/a"} 4\n`,
  );
  expect(metrics.get("a_total")).toMatchObject({ type: "counter", help: "Some." });
  expect(metrics.get("a_total")?.samples[0]?.labels).toEqual({ x: "1", y: 'a "b" \\ \n' });
  expect(metricValue(metrics, "a_total")).toBe(32);
  expect(metricValue(metrics, "a_total", { x: "2" })).toBe(30);
  expect(metricValue(metrics, "b_seconds", { r: "/a" })).toBe(4);
  expect(() => metricValue(metrics, "c_total")).toThrow("no metric c_total");
});

test("what a scraper would refuse is refused", () => {
  const bad = [
    `${HEAD}a_total 1`,
    `${HEAD}a_total Nan\n`,
    `${HEAD}a_total{x=1} 1\n`,
    `${HEAD}a_total{x="1",x="2"} 1\n`,
    `${HEAD}a_total 1\na_total 2\n`,
    `${HEAD}other 1\n`,
    `${HEAD}${HEAD}`,
    "a_total 1\n",
    `${HISTOGRAM}b_seconds_bucket{le="1"} 3\nb_seconds_bucket{le="+Inf"} 2\nb_seconds_sum 1\nb_seconds_count 2\n`,
    `${HISTOGRAM}b_seconds_bucket{le="1"} 1\nb_seconds_sum 1\nb_seconds_count 1\n`,
  ];
  for (const text of bad) expect(() => parseMetrics(text)).toThrow();
});
