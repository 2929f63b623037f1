/** A host of a test fleet: where its processes run, and how others reach it. */
export interface FleetHost {
  readonly name: string;
  readonly address: string;
  /** Put before a command, runs it on this host. */
  readonly commandPrefix: readonly string[];
  /** Its cable. null on loopback, where only what goes through a proxy can be cut. */
  readonly link: FleetLink | null;
}

export interface FleetLink {
  /** Nothing gets to the host or from it; connections stay open, as with a pulled cable. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** In both directions. null: no limit. */
  limit(kilobitsPerSecond: number | null): Promise<void>;
}

export interface FleetNetwork extends AsyncDisposable {
  readonly kind: "namespaces" | "loopback";
  /** All hosts, as a CIDR. */
  readonly subnet: string;
  host(name: string): FleetHost;
}
