import { canonicalJson } from "@sluice/contracts";

export interface Metric {
  readonly type: "counter" | "gauge" | "histogram" | "summary" | "untyped";
  readonly help: string;
  /** Of a histogram: its counts of observations. */
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Family {
  readonly name: string;
  readonly help: string;
  type: Metric["type"];
  readonly samples: (Sample & { name: string })[];
}

const TYPES = ["counter", "gauge", "histogram", "summary", "untyped"] as const;
const COMMENT = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.*)$/;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;

/**
 * Reads Prometheus' text form (version 0.0.4), as strictly as a scraper may: throws for a line that is none, a sample
 * outside of its family, a series that comes twice, and a histogram whose buckets do not add up. The packages that read
 * this form lose the labels of histograms.
 */
export function parseMetrics(text: string): Map<string, Metric> {
  if (!text.endsWith("\n")) throw new Error("the text does not end with a line's end");
  const families = new Map<string, Family>();
  const series = new Set<string>();
  let family: Family | null = null;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, keyword, named = "", rest = ""] = COMMENT.exec(line) ?? [];
    if (keyword === "HELP") {
      if (families.has(named)) throw new Error(`the metric ${named} comes twice`);
      family = { name: named, help: rest, type: "untyped", samples: [] };
      families.set(named, family);
    } else if (keyword === "TYPE") {
      const type = TYPES.find((known) => known === rest);
      if (family?.name !== named || type === undefined) throw new Error(`out of place: ${line}`);
      family.type = type;
    } else {
      const sample = parseSample(line);
      if (family === null || !belongs(sample.name, family)) throw new Error(`a sample outside of its family: ${line}`);
      const key = `${sample.name} ${canonicalJson(sample.labels)}`;
      if (series.has(key)) throw new Error(`a series comes twice: ${line}`);
      series.add(key);
      family.samples.push(sample);
    }
  }
  return new Map([...families.values()].map((each) => [each.name, toMetric(each)]));
}

/** The sum of a metric's samples that have these labels. Throws when there is no such metric. */
export function metricValue(
  metrics: ReadonlyMap<string, Metric>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const metric = metrics.get(name);
  if (metric === undefined) throw new Error(`there is no metric ${name}`);
  return metric.samples
    .filter((sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
    .reduce((sum, sample) => sum + sample.value, 0);
}

function belongs(sample: string, { name, type }: Family): boolean {
  return type === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`].includes(sample) : sample === name;
}

function parseSample(line: string): Sample & { name: string } {
  const [, name, body = "", number = ""] = SAMPLE.exec(line) ?? [];
  const value = number === "+Inf" ? Infinity : Number(number);
  if (name === undefined || number === "" || Number.isNaN(value)) throw new Error(`no sample: ${line}`);
  const labels: Record<string, string> = {};
  for (let at = 0; at < body.length;) {
    LABEL.lastIndex = at;
    const [whole, label, text = ""] = LABEL.exec(body) ?? [];
    if (whole === undefined || label === undefined || label in labels) throw new Error(`bad labels: ${line}`);
    labels[label] = text.replaceAll(/\\(["\\n])/g, (_, char: string) => (char === "n" ? "\n" : char));
    at += whole.length;
  }
  return { name, labels, value };
}

function toMetric({ name, type, help, samples }: Family): Metric {
  if (type !== "histogram") return { type, help, samples };
  const counts = samples.filter((sample) => sample.name === `${name}_count`);
  for (const { labels, value } of counts) {
    const buckets = samples.filter(
      (sample) =>
        sample.name === `${name}_bucket` &&
        Object.entries(labels).every(([label, text]) => sample.labels[label] === text),
    );
    const bounds = buckets.map((bucket) => (bucket.labels["le"] === "+Inf" ? Infinity : Number(bucket.labels["le"])));
    const rising = buckets.every((bucket, index) => index === 0 || bucket.value >= (buckets[index - 1]?.value ?? 0));
    const ordered = bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? 0));
    if (!rising || !ordered || bounds.at(-1) !== Infinity || buckets.at(-1)?.value !== value) {
      throw new Error(`the buckets of ${name} ${JSON.stringify(labels)} do not add up`);
    }
  }
  return { type, help, samples: counts };
}
