import { parse } from 'yaml';
import type { PackageParts } from '../build/package-parts';
import { exampleParts } from '../testing/example-parts';
import { writeModelCard } from './model-card';

function frontMatterOf(card: string): unknown {
  return parse(card.split('---\n')[1] ?? '');
}

describe('the model card', () => {
  const card = writeModelCard(exampleParts());

  it('has the headings of "Model Cards for Model Reporting"', () => {
    const headings = [...card.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      ...['Model Details', 'Intended Use', 'Factors', 'Metrics', 'Evaluation Data', 'Training Data'],
      ...['Quantitative Analyses', 'Ethical Considerations', 'Caveats and Recommendations'],
    ]);
  });

  it('says what the run knows', () => {
    for (const known of [
      `sha256:${'ab'.repeat(32)}`,
      '| apple | 30 | 75.0 % |',
      '| Seed | 7 |',
      '| Epochs | 12 of 20 |',
      '`learningRate 0.001`',
      '`tensorflow 2.9.1`',
      '| Accuracy | 0.9000 |',
      '| pear | 0.6667 | 1.0000 | 0.8000 | 2 |',
      'expected calibration error is 0.0313 over 15 bins',
      'stratified, seed 11',
    ]) {
      expect(card).toContain(known);
    }
    // (2 · 3 + 3) + 4 · 3 + (3 · 2 + 2)
    expect(card).toContain('| Parameters | 29 |');
  });

  it('leaves to a person what only a person can know', () => {
    for (const row of ['Developed by', 'Licence', 'Contact']) {
      expect(card).toContain(`| ${row} | [More Information Needed] |`);
    }
    expect(card).toMatch(/## Ethical Considerations\n\n\[More Information Needed\]/);
    expect(frontMatterOf(card)).not.toHaveProperty('license');
  });

  it('has front matter that Hugging Face reads, without what was not measured', () => {
    expect(frontMatterOf(card)).toMatchObject({
      library_name: 'onnx',
      pipeline_tag: 'tabular-classification',
      metrics: ['accuracy', 'f1'],
      'model-index': [
        { name: 'fruit', results: [{ metrics: [{ type: 'accuracy', value: 0.9 }, { type: 'f1' }] }] },
      ],
    });
    expect(card).toContain('macro average | – |');
  });

  it('warns when the samples that chose the epoch measured it too', () => {
    const { evaluation, recipe } = exampleParts();
    const chosen = writeModelCard(exampleParts({ evaluation: { ...evaluation, split: 'validation' } }));
    expect(chosen).toContain('values are somewhat too good');
    expect(card).not.toContain('too good');
    const { earlyStopping: _, ...training } = recipe.training;
    const split = { ...evaluation, split: 'validation' as const };
    const fixed = writeModelCard(exampleParts({ evaluation: split, recipe: { ...recipe, training } }));
    expect(fixed).not.toContain('too good');
    expect(fixed).toContain('| Early stopping | none |');
  });

  it('says when the calibration was not measured', () => {
    const { evaluation } = exampleParts();
    expect(writeModelCard(exampleParts({ evaluation: { ...evaluation, metrics: {} } }))).toContain(
      'The calibration was not measured.',
    );
  });

  it('counts the weights of convolutions', () => {
    const shape = { strides: [1, 1], padding: 'same', activation: 'relu', useBias: true } as const;
    const images = { inputShapes: [[4, 4, 2]], inputs: ['input'] };
    const layers = [
      {
        name: 'a',
        ...images,
        outputShape: [4, 4, 3],
        ...shape,
        type: 'conv2d',
        filters: 3,
        kernelSize: [3, 2],
      },
      {
        name: 'b',
        ...images,
        outputShape: [4, 4, 4],
        ...shape,
        type: 'depthwiseConv2d',
        kernelSize: [3, 3],
        depthMultiplier: 2,
      },
      {
        ...{ name: 'c', ...images, outputShape: [4, 4, 5], ...shape, type: 'separableConv2d', filters: 5 },
        ...{ kernelSize: [3, 3], depthMultiplier: 2 },
      },
    ] as unknown as PackageParts['topology']['layers'];
    const text = writeModelCard(exampleParts({ topology: { inputShape: [4, 4, 2], classes: 2, layers } }));
    // (3 · 2 · 2 · 3 + 3) + (3 · 3 · 2 · 2 + 4) + (3 · 3 · 2 · 2 + 4 · 5 + 5)
    expect(text).toContain(`| Parameters | ${39 + 40 + 61} |`);
  });

  it('shows names from outside as text, whatever they hold', () => {
    const { recipe, signature, evaluation } = exampleParts();
    const nasty = '<script>alert(1)</script> | [x](javascript:y)\n---\n# Title';
    const hostile = writeModelCard(
      exampleParts({
        recipe: { ...recipe, name: nasty, description: nasty },
        signature: { ...signature, classes: [nasty, '`'] },
        evaluation: {
          ...evaluation,
          perClass: [{ class: nasty, precision: 1, recall: 1, f1: 1, support: 1 }],
        },
      }),
    );
    const body = hostile.split('---\n').slice(2).join('---\n');
    expect(body).not.toContain('<script>');
    expect(body).not.toContain('[x](');
    expect(body).not.toMatch(/^# Title/m);
    expect(frontMatterOf(hostile)).toMatchObject({ 'model-index': [{ name: nasty.replace(/\n/g, ' ') }] });
  });
});
