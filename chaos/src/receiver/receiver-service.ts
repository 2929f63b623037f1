import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FleetService, serviceProcess } from "@sluice/testkit";
import { type ReceiverMode, receiverFiles } from "./received-call.ts";

/** The receiver of webhooks as a part of the fleet. */
export function receiverService(folder: string): FleetService {
  mkdirSync(folder, { recursive: true });
  return {
    name: "receiver",
    start: ({ at, host, signal }) =>
      serviceProcess({
        host,
        command: [process.execPath, "--no-env-file", join(import.meta.dir, "receiver.ts"), at, folder],
        log: join(folder, "receiver.log"),
        at,
        signal,
      }),
    environment: (address) => ({ SLUICE_WEBHOOK_HOSTS: address }),
  };
}

/** From the next call on. */
export function setReceiver(folder: string, mode: ReceiverMode): void {
  writeFileSync(receiverFiles(folder).mode, mode);
}
