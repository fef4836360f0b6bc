import { UnreadableData } from '@modelyard/contracts';
import type { DerivationChanges } from '@modelyard/contracts';
import { deriveVersion } from '@modelyard/ml-datasets';
import type { BuiltVersion } from '@modelyard/ml-datasets';
import type { ImportWork } from './import-work';

/** Makes a version of another's samples, which shares what does not change. */
export async function deriveFromParent(work: ImportWork, changes: DerivationChanges): Promise<BuiltVersion> {
  const { parent, engine, folder, store, signal, start } = work;
  if (parent === undefined)
    throw new UnreadableData('The version that is to be changed does not exist any more.');
  return deriveVersion({
    engine,
    folder,
    store,
    signal,
    parent,
    changes,
    origin: { ...start.parent?.source, ...start.import.options.origin },
    onProgress: (progress) => work.tell('storing', progress),
  });
}
