/**
 * Settings of the local PostgreSQL: durable as in production, small as a laptop likes it.
 * @param {number} port
 * @returns {string[]} command line arguments
 */
export function postgresSettings(port) {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 60,
    shared_buffers: '32MB',
    // Acknowledged is durable, here too: what a kill -9 test shows must hold on a power cut.
    fsync: 'on',
    synchronous_commit: 'on',
    // One machine, no replicas: no processes for them. `sync` I/O saves PostgreSQL 18's three I/O workers.
    io_method: 'sync',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_replication_slots: 0,
    max_logical_replication_workers: 0,
    max_worker_processes: 0,
    max_parallel_workers: 0,
    max_parallel_workers_per_gather: 0,
    autovacuum_max_workers: 1,
    autovacuum_worker_slots: 1,
    jit: 'off',
    huge_pages: 'off',
    wal_buffers: '1MB',
    min_wal_size: '32MB',
    max_wal_size: '256MB',
    work_mem: '4MB',
    maintenance_work_mem: '32MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_destination: 'stderr',
    log_checkpoints: 'off',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
