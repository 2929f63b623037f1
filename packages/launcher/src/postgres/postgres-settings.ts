import { totalmem } from "node:os";

/** Own settings of a user, read after ours; never written by Sluice. */
export const USER_SETTINGS_FILE = "postgresql.user.conf";

export type PostgresSettings = Readonly<Record<string, string>>;

const MB = 2 ** 20;

/** The settings of an embedded PostgreSQL: one machine, one application, many short COPY transactions. */
export function postgresSettings(port: number, addresses: readonly string[] = []): PostgresSettings {
  // Random hashes are the primary keys, so the working set is whole indexes: more than the default pays, up to a point.
  const sharedBuffersMb = Math.min(256, Math.max(64, Math.floor(totalmem() / MB / 16)));
  return {
    listen_addresses: ["127.0.0.1", ...addresses].join(","),
    port: String(port),
    // A socket's path has a limit of 107 bytes, and data directories may lie deeper.
    unix_socket_directories: "",
    max_connections: "100",
    password_encryption: "scram-sha-256",

    shared_buffers: `${sharedBuffersMb}MB`,
    maintenance_work_mem: "64MB",
    // Planning for compiled queries costs more than it saves on short ones.
    jit: "off",
    // Three I/O processes fewer; reads that miss the cache are rare here.
    io_method: "sync",
    // Nobody replicates from a laptop's database: less WAL, and no replication processes.
    wal_level: "minimal",
    max_wal_senders: "0",
    max_replication_slots: "0",
    max_logical_replication_workers: "0",

    // The promise of exactly-once rests on these three.
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    // Fewer checkpoints mean fewer full-page images; the price is up to about 10 s of recovery after a crash.
    max_wal_size: "2GB",
    min_wal_size: "80MB",
    checkpoint_timeout: "15min",

    // A query whose client has been killed ends by itself, and with it its locks.
    client_connection_check_interval: "2s",
    timezone: "UTC",
    log_timezone: "UTC",
    lc_messages: "C",

    log_destination: "stderr",
    logging_collector: "off",
    log_line_prefix: "%m [%p] ",
    log_min_messages: "warning",
    log_checkpoints: "off",
    // DETAIL and CONTEXT quote rows, and rows are people's documents: they must not reach a log.
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
    log_parameter_max_length: "0",
    log_parameter_max_length_on_error: "0",
  };
}

/** `postgresql.conf` with these settings, and with the user's own where there are some. */
export function settingsFile(settings: PostgresSettings, userSettings: boolean): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return [
    `# Written by Sluice at every start. Settings of your own belong in ${USER_SETTINGS_FILE} beside this file; they win.`,
    ...lines,
    ...(userSettings ? [`include = '${USER_SETTINGS_FILE}'`] : []),
    "",
  ].join("\n");
}

/** `pg_hba.conf`: the password, over loopback and from these CIDRs, and nothing else. */
export function hostAccessFile(clients: readonly string[]): string {
  const lines = ["127.0.0.1/32", ...clients].map((cidr) => `host all all ${cidr} scram-sha-256`);
  return ["# Written by Sluice.", ...lines, ""].join("\n");
}
