import * as fc from 'fast-check';
import { openCheckpoint, sealCheckpoint } from './checkpoint-envelope';

const header = { trainingJobId: 'job-1', recipeDigest: 'r', datasetDigest: 'd', backend: 'wasm', epoch: 3 };

it('gives back any header and state', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.uint8Array(), (trainingJobId, epoch, state) => {
      const opened = openCheckpoint(sealCheckpoint({ ...header, trainingJobId, epoch }, Buffer.from(state)));
      expect(opened.header).toEqual({ ...header, trainingJobId, epoch });
      expect(opened.state.equals(state)).toBe(true);
    }),
  );
});

it('differs between two jobs with the same state, so that one may delete its own', () => {
  const state = Buffer.from('same');
  const other = sealCheckpoint({ ...header, trainingJobId: 'job-2' }, state);
  expect(sealCheckpoint(header, state).equals(other)).toBe(false);
});

it('refuses what is no checkpoint, or half of one', () => {
  const sealed = sealCheckpoint(header, Buffer.alloc(0));
  expect(() => openCheckpoint(Buffer.from('something else entirely'))).toThrow('does not begin like');
  expect(() => openCheckpoint(sealed.subarray(0, 6))).toThrow('does not begin like');
  expect(() => openCheckpoint(sealed.subarray(0, 20))).toThrow('cut short');
});
