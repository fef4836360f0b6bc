import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GATE_METRICS } from '@modelyard/contracts';
import fc from 'fast-check';
import { evaluate, scalarMetrics } from './index';

interface GoldenCase {
  name: string;
  probabilities: number[][];
  labels: number[];
  accuracy: number;
  precision: number[];
  recall: number[];
  f1: number[];
  support: number[];
  macro: [number, number, number];
  micro: [number, number, number];
  weighted: [number, number, number];
  confusionMatrix: number[][];
  rocAuc: (number | null)[];
  rocAucMacro: number | null;
  logLoss: number;
  ece: number;
}

// From scikit-learn, by testing/files/make-golden.py.
const golden = JSON.parse(readFileSync(join(__dirname, 'testing/files/golden.json'), 'utf8')) as {
  cases: GoldenCase[];
};

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `class ${index}`);

describe.each(golden.cases)('evaluate, as scikit-learn: $name', (expected) => {
  const classes = names(expected.probabilities[0]?.length ?? 0);
  const result = evaluate(
    Float32Array.from(expected.probabilities.flat()),
    Int32Array.from(expected.labels),
    classes,
    {
      calibrationBins: 10,
    },
  );

  it('counts', () => {
    expect(result.confusionMatrix).toEqual(expected.confusionMatrix);
    expect(result.classes.map(({ support }) => support)).toEqual(expected.support);
    expect(result.rows).toBe(expected.labels.length);
  });

  it('scores each class', () => {
    result.classes.forEach((score, index) => {
      expect(score.class).toBe(classes[index]);
      expect(score.precision).toBeCloseTo(expected.precision[index] as number, 8);
      expect(score.recall).toBeCloseTo(expected.recall[index] as number, 8);
      expect(score.f1).toBeCloseTo(expected.f1[index] as number, 8);
    });
  });

  it.each(['macro', 'micro', 'weighted'] as const)('averages: %s', (average) => {
    const { precision, recall, f1 } = result[average];
    [precision, recall, f1].forEach((value, i) =>
      expect(value).toBeCloseTo(expected[average][i] as number, 8),
    );
  });

  it('measures accuracy, ROC AUC, log loss and calibration', () => {
    expect(result.accuracy).toBeCloseTo(expected.accuracy, 8);
    expect(result.rocAuc.perClass.map((auc) => auc ?? null)).toEqual(
      expected.rocAuc.map((auc) => (auc === null ? null : (expect.closeTo(auc, 8) as number))),
    );
    if (expected.rocAucMacro === null) expect(result.rocAuc).not.toHaveProperty('macro');
    else expect(result.rocAuc.macro).toBeCloseTo(expected.rocAucMacro, 8);
    expect(result.logLoss).toBeCloseTo(expected.logLoss, 5);
    expect(result.calibration.ece).toBeCloseTo(expected.ece, 6);
  });
});

const anyPredictions = fc
  .record({
    classes: fc.integer({ min: 2, max: 5 }),
    rows: fc.integer({ min: 1, max: 40 }),
    numbers: fc.infiniteStream(fc.nat(6)),
  })
  .map(({ classes, rows, numbers }) => {
    const probabilities = new Float32Array(rows * classes);
    for (let row = 0; row < rows; row++) {
      // Small whole numbers make many ties.
      const weights = [...numbers.take(classes)].map((n) => n + 0.5);
      const sum = weights.reduce((a, b) => a + b);
      weights.forEach((weight, index) => (probabilities[row * classes + index] = weight / sum));
    }
    return {
      probabilities,
      labels: Int32Array.from([...numbers.take(rows)].map((n) => n % classes)),
      classes,
    };
  });

describe('evaluate', () => {
  it('agrees with the definitions, whatever the predictions', () => {
    fc.assert(
      fc.property(anyPredictions, ({ probabilities, labels, classes }) => {
        const result = evaluate(probabilities, labels, names(classes), { calibrationBins: 7 });
        expect(result.confusionMatrix.flat().reduce((a, b) => a + b)).toBe(labels.length);
        expect(result.weighted.recall).toBeCloseTo(result.accuracy, 10);
        expect(result.calibration.bins.reduce((sum, { count }) => sum + count, 0)).toBe(labels.length);
        expect(
          Object.values(scalarMetrics(result)).every((value) => Number.isFinite(value) && value >= 0),
        ).toBe(true);
        result.rocAuc.perClass.forEach((auc, index) => {
          expect(auc).toEqual(aucByPairs(probabilities, labels, classes, index));
        });
      }),
    );
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(anyPredictions, ({ probabilities, labels, classes }) => {
        const rows = labels.length;
        const turned = probabilities.map((_, i) => {
          const row = rows - 1 - Math.floor(i / classes);
          return probabilities[row * classes + (i % classes)] as number;
        });
        const options = { calibrationBins: 5 };
        const metrics = scalarMetrics(evaluate(probabilities, labels, names(classes), options));
        const again = scalarMetrics(evaluate(turned, labels.toReversed(), names(classes), options));
        for (const [name, value] of Object.entries(metrics)) expect(again[name]).toBeCloseTo(value, 10);
      }),
    );
  });

  it('gives every number that a recipe can set a minimum for', () => {
    const result = evaluate(Float32Array.of(0.9, 0.1, 0.2, 0.8), Int32Array.of(0, 1), ['a', 'b'], {
      calibrationBins: 10,
    });
    expect(Object.keys(scalarMetrics(result))).toEqual(expect.arrayContaining([...GATE_METRICS]));
  });

  it('names the numbers that gates and runs use', () => {
    const result = evaluate(Float32Array.of(0.9, 0.1, 0.2, 0.8), Int32Array.of(0, 1), ['a', 'b'], {
      calibrationBins: 10,
    });
    expect(Object.keys(scalarMetrics(result))).toEqual([
      'accuracy',
      'precision_macro',
      'precision_weighted',
      'recall_macro',
      'recall_weighted',
      'f1_macro',
      'f1_micro',
      'f1_weighted',
      'roc_auc_macro',
      'log_loss',
      'ece',
    ]);
  });

  it('takes a second or two for a million rows of ten classes', () => {
    const rows = 1_000_000;
    const probabilities = new Float32Array(rows * 10);
    // A cheap sequence without order: multiples of the golden ratio.
    for (let i = 0; i < probabilities.length; i++) probabilities[i] = (i * 0.6180339887498949) % 1;
    const labels = Int32Array.from({ length: rows }, (_, row) => (row * 7) % 10);
    // Processor time, which other work on the machine does not lengthen.
    const before = process.cpuUsage();
    const { accuracy } = evaluate(probabilities, labels, names(10), { calibrationBins: 15 });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(8);
    expect(accuracy).toBeGreaterThan(0.05);
  });

  const half = Float32Array.of(0.5, 0.5);
  it.each<[string, () => unknown, string]>([
    [
      'no rows',
      () => evaluate(new Float32Array(0), new Int32Array(0), ['a', 'b'], { calibrationBins: 1 }),
      'no rows',
    ],
    [
      'wrong sizes',
      () => evaluate(half, Int32Array.of(0, 1), ['a', 'b'], { calibrationBins: 1 }),
      '2 rows of 2 classes',
    ],
    [
      'an unknown label',
      () => evaluate(half, Int32Array.of(2), ['a', 'b'], { calibrationBins: 1 }),
      'Row 0 has label 2',
    ],
    [
      'NaN',
      () => evaluate(Float32Array.of(NaN, 1), Int32Array.of(0), ['a', 'b'], { calibrationBins: 1 }),
      'probability NaN',
    ],
    [
      'logits',
      () => evaluate(Float32Array.of(-1, 4), Int32Array.of(0), ['a', 'b'], { calibrationBins: 1 }),
      'probability -1',
    ],
    [
      'no bins',
      () => evaluate(half, Int32Array.of(0), ['a', 'b'], { calibrationBins: 0 }),
      '0 is no number of bins',
    ],
  ])('refuses %s', (_what, act, message) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(message);
  });
});

/** The definition, pair by pair. */
function aucByPairs(
  probabilities: Float32Array,
  labels: Int32Array,
  classes: number,
  index: number,
): unknown {
  const scores = Array.from(labels, (label, row) => ({
    label,
    p: probabilities[row * classes + index] as number,
  }));
  const inside = scores.filter(({ label }) => label === index);
  const outside = scores.filter(({ label }) => label !== index);
  if (inside.length === 0 || outside.length === 0) return undefined;
  const order = (a: number, b: number): number => (a > b ? 1 : a === b ? 0.5 : 0);
  const pairs = inside.flatMap((a) => outside.map((b) => order(a.p, b.p)));
  return expect.closeTo(pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length, 10);
}
