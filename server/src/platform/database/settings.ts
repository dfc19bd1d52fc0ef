/** What the embedded PostgreSQL is started with. All on the command line, so that a release can change them. */
export function serverSettings({
  port,
  socketFolder,
}: {
  port: number;
  socketFolder: string;
}): string[] {
  const settings = {
    ...reach(port, socketFolder),
    ...durability,
    ...sizeForASmallServer,
    ...quietLog,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function reach(port: number, socketFolder: string) {
  return {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    // Each server takes 30 at most.
    max_connections: 160,
  };
}

/** Said aloud although these are the defaults: what is acknowledged survives a power cut. */
const durability = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };

/**
 * Server and database stay below 250 MB together when idle; the kernel's page cache does the rest.
 * No I/O workers, no logical replication launcher: three processes fewer. Segments are kept small in number,
 * so that recovery after a power cut replays 512 MB at most; full-page images are compressed.
 */
const sizeForASmallServer = {
  shared_buffers: '64MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  huge_pages: 'off',
  io_method: 'sync',
  max_logical_replication_workers: 0,
  max_wal_senders: 0,
  jit: 'off',
  wal_compression: 'on',
  min_wal_size: '80MB',
  max_wal_size: '512MB',
  checkpoint_timeout: '5min',
  random_page_cost: 1.1,
};

/** Neither statements nor the values of rows: messages of contacts have no place in a log. */
const quietLog = {
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
  log_timezone: 'UTC',
};
