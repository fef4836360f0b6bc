import { AppError } from '@modelyard/platform-errors';
import { eventually } from '@modelyard/platform-testing';
import { SilentLogger } from '../../testing/silent-logger';
import { importStart } from '../testing/example-import';
import { InMemoryImportRegistry } from '../testing/in-memory-import-registry';
import { ImportRelay } from './import-relay';

function relaying() {
  const registry = new InMemoryImportRegistry(importStart());
  const logger = SilentLogger.create();
  const listener = { cancelRequested: jest.fn(), gone: jest.fn() };
  const times = { pollMs: 5, gapMs: 1, retryMs: 2, patienceMs: 60_000 };
  return {
    registry,
    listener,
    logger,
    relay: new ImportRelay(registry, 'import-1', listener, times, logger),
  };
}

it('tells the newest progress and checkpoint and every note, though the registry was away', async () => {
  const { registry, relay } = relaying();
  registry.failure = new AppError('DEPENDENCY_UNAVAILABLE', 'away');
  relay.pushNote('one');
  relay.pushProgress({ phase: 'reading', done: 1, unit: 'rows' });
  relay.pushCheckpoint({ version: 1 });
  const drained = relay.drain();
  relay.pushNote('two');
  relay.pushProgress({ phase: 'reading', done: 2, unit: 'rows' });
  relay.pushCheckpoint({ version: 2 });
  registry.failure = undefined;
  await drained;
  expect(registry.reports.flatMap(({ log }) => log ?? [])).toEqual(['one', 'two']);
  expect(registry.reports.findLast(({ progress }) => progress)?.progress?.done).toBe(2);
  expect(registry.reports.findLast(({ checkpoint }) => checkpoint)?.checkpoint).toEqual({ version: 2 });
});

it('drops what the registry will never take, and goes on', async () => {
  const { registry, relay, logger } = relaying();
  registry.failure = new AppError('VALIDATION_FAILED', 'No.');
  relay.pushNote('bad');
  await eventually(() =>
    expect(logger.messages).toContain('the registry refuses a report of progress; it is dropped'),
  );
  registry.failure = undefined;
  relay.pushNote('good');
  await relay.drain();
  expect(registry.reports.flatMap(({ log }) => log ?? [])).toEqual(['good']);
});
