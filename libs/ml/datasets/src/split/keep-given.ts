import { UnreadableData } from '@modelyard/contracts';
import { SPLIT_NAMES } from '@modelyard/contracts';
import type { SplitName } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { SAMPLES } from '../build/names';
import type { SplitOptions } from './default-split';
import { stratify } from './stratify';

/**
 * Keeps the splits that came with the samples. Samples without one are for training; a split that no sample came with is
 * carved from the training samples, stratified.
 *
 * @throws UnreadableData when no sample came for training
 */
export async function keepGiven(engine: TableEngine, { fractions, seed }: SplitOptions): Promise<void> {
  await engine.run(`update ${SAMPLES} set split = 'train' where split is null`);
  const counts = await engine.rows<{ split: SplitName; rows: number }>(
    `select split, count(*) as rows from ${SAMPLES} group by split`,
  );
  const has = (name: SplitName): boolean => counts.some(({ split }) => split === name);
  if (!has('train')) {
    throw new UnreadableData(
      'No sample is for training: the files give only the splits ' +
        `${counts.map(({ split }) => split).join(' and ')}. Ask for the split method \`stratified\`, or add training samples.`,
    );
  }
  const carved = SPLIT_NAMES.filter((name) => name === 'train' || !has(name));
  const sum = carved.reduce((total, name) => total + fractions[name], 0);
  if (sum <= fractions.train) return;
  const share = (name: SplitName): number => (carved.includes(name) ? fractions[name] / sum : 0);
  await engine.run(`update ${SAMPLES} set split = null where split = 'train' and source is not null`);
  await stratify(engine, {
    seed,
    fractions: { train: share('train'), validation: share('validation'), test: share('test') },
  });
}
