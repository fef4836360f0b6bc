import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltInDataset } from '@modelyard/contracts';
import { TableEngine } from '@modelyard/ml-tables';
import { buildVersion } from '../build/build-version';
import type { BuiltVersion } from '../build/version-to-build';
import type { ContentStore } from '../store/content-store';
import { stageDigits } from './digits';
import { stageIris } from './iris';

const STAGING = { digits: stageDigits, iris: stageIris };

/**
 * Makes a version of a dataset that comes with Modelyard; see `files/README.md` for their sources.
 * @param folder for scratch files, which are gone when it resolves
 */
export async function buildBuiltIn(
  name: BuiltInDataset,
  store: ContentStore,
  folder: string,
): Promise<BuiltVersion> {
  const scratch = await mkdtemp(join(folder, `${name}-`));
  const engine = await TableEngine.open({ folder: scratch, memoryMiB: 100, threads: 1 });
  try {
    const staged = await STAGING[name](engine, store);
    return await buildVersion({ engine, folder: scratch, store, ...staged });
  } finally {
    engine.close();
    await rm(scratch, { recursive: true, force: true });
  }
}
