import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/**
 * What DuckDB takes by itself for the same file, with the memory and threads of an import: the least that an import
 * which reads, profiles and stores can take.
 * @returns {Promise<{ read: number, profile: number, write: number }>} seconds, the best of the rounds
 */
export async function duckdbAlone(path, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-bench-duckdb-'));
  const best = { read: Infinity, profile: Infinity, write: Infinity };
  try {
    for (let round = 0; round < rounds; round++) {
      const instance = await DuckDBInstance.create(':memory:', {
        memory_limit: '400MiB',
        threads: '2',
        temp_directory: folder,
      });
      const connection = await instance.connect();
      const time = async (key, statement, parameters) => {
        const started = performance.now();
        await connection.runAndReadAll(statement, parameters);
        best[key] = Math.min(best[key], (performance.now() - started) / 1000);
      };
      await time('read', 'create table t as select * from read_csv($1, store_rejects = true)', [path]);
      await time('profile', 'summarize t');
      await time('write', 'copy t to $1 (format parquet, compression zstd)', [join(folder, 'out.parquet')]);
      connection.closeSync();
      instance.closeSync();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return best;
}
