import { join } from "node:path";
import { SWEEPER_NAME } from "../temporary-folder.ts";
import type { FleetLink, FleetNetwork } from "./fleet-network.ts";
import { NAMESPACE_FOLDER, sweepNamespaces } from "./sweep-namespaces.ts";

const SUBNET = "10.213.0";
const SWITCH = "switch";

/** Removes the namespaces when the test process has ended, however it did. */
const SWEEPER = `
trap '' HUP INT TERM
read -r word
sleep 2
for name; do ip netns delete "$name" 2>/dev/null; done
`;

/**
 * Each host a network namespace with a cable to a bridge in a namespace of its own, so that nothing of it shows in the
 * network of the machine, and runs beside each other do not meet. Names hold the process id and a random part.
 */
export async function namespaceNetwork(hosts: readonly string[]): Promise<FleetNetwork> {
  sweepNamespaces();
  const prefix = `sluice-${process.pid}-${crypto.randomUUID().slice(0, 6)}`;
  const nameOf = (host: string) => `${prefix}-${host}`;
  const all = [SWITCH, ...hosts].map(nameOf);
  const sweeper = Bun.spawn(["/bin/sh", "-c", SWEEPER, SWEEPER_NAME, ...all], {
    stdin: "pipe",
    stdout: "ignore",
    stderr: "ignore",
    cwd: "/",
    detached: true,
  });
  sweeper.unref();
  const remove = async () => {
    for (const name of all) await run(["ip", "netns", "delete", name]).catch(() => {});
    // Killed, not ended: what it would do is done.
    sweeper.kill("SIGKILL");
    await sweeper.exited;
  };
  const addressOf = (host: string) => `${SUBNET}.${hosts.indexOf(host) + 2}`;
  try {
    for (const name of all) await run(["ip", "netns", "add", name]);
    await batch(nameOf(SWITCH), ["link set lo up", "link add br0 type bridge", "link set br0 up"]);
    for (const [index, host] of hosts.entries()) {
      const inSwitch = portOf(index);
      await run(
        `ip link add eth0 netns ${nameOf(host)} type veth peer name ${inSwitch} netns ${nameOf(SWITCH)}`.split(" "),
      );
      await batch(nameOf(SWITCH), [`link set ${inSwitch} master br0 up`]);
      await batch(nameOf(host), ["link set lo up", `addr add ${addressOf(host)}/24 dev eth0`, "link set eth0 up"]);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    kind: "namespaces",
    subnet: `${SUBNET}.0/24`,
    host: (name) => {
      const index = hosts.indexOf(name);
      if (index === -1) throw new Error(`there is no host ${name}`);
      return {
        name,
        address: addressOf(name),
        commandPrefix: ["nsenter", `--net=${join(NAMESPACE_FOLDER, nameOf(name))}`, "--"],
        link: linkOf({ namespace: nameOf(SWITCH), port: portOf(index), hostNamespace: nameOf(name) }),
      };
    },
    [Symbol.asyncDispose]: remove,
  };
}

// An interface's name has at most 15 characters, so hosts are numbered.
function portOf(index: number): string {
  return `port${index}`;
}

function linkOf(at: { namespace: string; port: string; hostNamespace: string }): FleetLink {
  const shape = async (namespace: string, device: string, kilobitsPerSecond: number | null) => {
    const qdisc = ["tc", "-n", namespace, "qdisc"];
    // There is none to delete when there was no limit.
    await run([...qdisc, "del", "dev", device, "root"]).catch(() => {});
    if (kilobitsPerSecond === null) return;
    const bucket = ["tbf", "rate", `${kilobitsPerSecond}kbit`, "burst", "32k", "latency", "400ms"];
    await run([...qdisc, "replace", "dev", device, "root", ...bucket]);
  };
  return {
    // At the switch: the host keeps its address and its routes, and only notices that nobody answers.
    cut: () => batch(at.namespace, [`link set ${at.port} down`]),
    mend: () => batch(at.namespace, [`link set ${at.port} up`]),
    limit: async (kilobitsPerSecond) => {
      await shape(at.namespace, at.port, kilobitsPerSecond);
      await shape(at.hostNamespace, "eth0", kilobitsPerSecond);
    },
  };
}

/** Runs commands of ip in a namespace, in one process. */
async function batch(namespace: string, commands: readonly string[]): Promise<void> {
  await run(["ip", "-n", namespace, "-batch", "-"], `${commands.join("\n")}\n`);
}

async function run(command: readonly string[], input = ""): Promise<void> {
  const child = Bun.spawn([...command], { stdin: Buffer.from(input), stdout: "ignore", stderr: "pipe" });
  const [complaint, code] = await Promise.all([child.stderr.text(), child.exited]);
  if (code !== 0) throw new Error(`${command.join(" ")}: ${complaint.trim()}`);
}
