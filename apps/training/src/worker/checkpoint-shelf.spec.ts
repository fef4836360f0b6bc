import { SilentLogger } from '../testing/silent-logger';
import { CheckpointShelf } from './checkpoint-shelf';

function shelf() {
  const deleted: string[] = [];
  const blobs = { delete: (sha256: string) => Promise.resolve(void deleted.push(sha256)) };
  return { deleted, shelf: new CheckpointShelf(blobs, SilentLogger.create()) };
}

it('deletes the checkpoints before the one that the registry knows, and no later one', () => {
  const { deleted, shelf: kept } = shelf();
  for (const sha256 of ['a', 'b', 'c']) kept.stored(sha256);
  kept.acknowledged('b');
  expect(deleted).toEqual(['a']);
  kept.clear();
  expect(deleted).toEqual(['a', 'b', 'c']);
});

it('does not mind a store that cannot delete', async () => {
  const logger = SilentLogger.create();
  const broken = new CheckpointShelf({ delete: () => Promise.reject(new Error('read-only')) }, logger);
  broken.stored('a');
  broken.clear();
  await Promise.resolve();
  expect(logger.messages).toEqual(['a checkpoint of no more use could not be deleted']);
});
