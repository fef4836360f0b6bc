import { tableSignature } from '../testing/tiny-models';
import { LoadedModel } from './loaded-model';
import type { ModelSession } from './model-session';

/** Answers each sample with its own two values and their sum; every row takes a millisecond. */
function slowSession(runs: number[]): ModelSession {
  return {
    inputNames: [],
    outputNames: [],
    run: (values, [rows = 0]) => {
      runs.push(rows);
      const until = performance.now() + rows;
      while (performance.now() < until) continue;
      const answers = Float32Array.from({ length: rows * 3 }, (_, index) => {
        const row = Math.floor(index / 3);
        const [width = 0, height = 0] = values.subarray(row * 2, row * 2 + 2);
        return [width, height, width + height][index % 3] ?? 0;
      });
      return Promise.resolve(answers);
    },
    dispose: () => Promise.resolve(),
  };
}

describe('LoadedModel', () => {
  it('runs a long batch in slices and gives the answers in order', async () => {
    const runs: number[] = [];
    const model = new LoadedModel({ model: 'shapes', version: 1 }, tableSignature, slowSession(runs));
    await model.run(Float32Array.of(0, 0), 1);
    const values = Float32Array.from({ length: 60 }, (_, index) => index);
    const answers = await model.run(values, 30);
    expect(Math.max(...runs)).toBeLessThanOrEqual(10);
    expect(runs.slice(1).reduce((total, rows) => total + rows, 0)).toBe(30);
    expect(Array.from(answers)).toEqual(
      Array.from({ length: 30 }, (_, row) => [row * 2, row * 2 + 1, row * 4 + 1]).flat(),
    );
  });

  it('refuses to be held after its end', () => {
    const model = new LoadedModel({ model: 'shapes', version: 1 }, tableSignature, slowSession([]));
    model.hold();
    model.release();
    expect(() => model.hold()).toThrow('shapes/1 is unloaded already');
  });
});
