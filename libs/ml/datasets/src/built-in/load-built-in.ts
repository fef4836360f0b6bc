import type { BuiltInDataset } from '@modelyard/contracts';
import type { PackedDataset } from '../packed-dataset';
import { loadDigits } from './digits';
import { loadIris } from './iris';

const LOADERS: Record<BuiltInDataset, () => Promise<PackedDataset>> = { digits: loadDigits, iris: loadIris };

/** Reads a dataset that comes with Modelyard; see `files/README.md` for their sources. */
export function loadBuiltIn(name: BuiltInDataset): Promise<PackedDataset> {
  return LOADERS[name]();
}
