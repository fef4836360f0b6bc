import fc from 'fast-check';
import type { FieldError } from '@modelyard/contracts';
import { decodePredictBody } from './decode-body';
import { exampleInput } from './example-input';
import { InputError } from './input-error';
import { signatureFor } from './signature-for';
import { colourSchema, digitsSchema, irisSchema } from './testing/schemas';

const digits = signatureFor(digitsSchema);
const colour = signatureFor(colourSchema);
const iris = signatureFor(irisSchema);

const flower = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const image = (value: unknown = 3): unknown[][] =>
  Array.from({ length: 8 }, () => new Array<unknown>(8).fill(value));

function problems(signature: typeof digits, body: unknown, maxRows?: number): FieldError[] {
  try {
    decodePredictBody(signature, body, maxRows === undefined ? {} : { maxRows });
  } catch (error) {
    if (error instanceof InputError) return error.fields;
    throw error;
  }
  throw new Error('was accepted');
}

describe('decodePredictBody, what it takes', () => {
  it('an image without its single channel, and with it', () => {
    const flat = decodePredictBody(digits, { image: image() });
    const deep = decodePredictBody(digits, { image: image([3]) });
    expect(flat).toEqual({ values: new Float32Array(64).fill(3), rows: 1, single: true });
    expect(deep).toEqual(flat);
  });

  it.each(['rows', 'instances', 'inputs'])('a list of images as %s', (field) => {
    const decoded = decodePredictBody(digits, { [field]: [image(1), image(2)] });
    expect(decoded.rows).toBe(2);
    expect(decoded.single).toBe(false);
    expect(Array.from(decoded.values)).toEqual([
      ...new Array<number>(64).fill(1),
      ...new Array<number>(64).fill(2),
    ]);
  });

  it('rows of a table by position and by name, in whatever order the names come', () => {
    const { petal_width, ...others } = flower;
    const byName = decodePredictBody(iris, { rows: [{ petal_width, ...others }] });
    const byPosition = decodePredictBody(iris, { rows: [[5.1, 3.5, 1.4, 0.2]] });
    expect(byName).toEqual(byPosition);
    expect(byName.values).toEqual(Float32Array.of(5.1, 3.5, 1.4, 0.2));
  });

  it('one row, and values beyond those of the training', () => {
    expect(decodePredictBody(iris, { row: [-4, 900, 0, 1] })).toMatchObject({ rows: 1, single: true });
  });

  it('any batch that JSON can carry, with every value in its place', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 5 }), (samples) => {
        const rows = samples.map((values) => exampleInput(colour, values)['image']);
        const decoded = decodePredictBody(colour, JSON.parse(JSON.stringify({ rows })));
        expect(Array.from(decoded.values)).toEqual(samples.flat());
        expect(decoded.rows).toBe(samples.length);
      }),
    );
  });
});

describe('decodePredictBody, what it refuses', () => {
  it.each<[string, unknown, string]>([
    ['a list', [], 'the body must be a JSON object with one of `image`, `rows`, `instances`, `inputs`'],
    ['null', null, 'the body must be a JSON object with one of `image`, `rows`, `instances`, `inputs`'],
    ['nothing in it', {}, 'the body is empty, expected one of `image`, `rows`, `instances`, `inputs`'],
    [
      'an unknown field',
      { image: image(), picture: 1 },
      "picture is not a field of this model's input, expected one of `image`, `rows`, `instances`, `inputs`",
    ],
    [
      'two fields at once',
      { image: image(), rows: [] },
      'rows cannot be given together with image: send one of `image`, `rows`, `instances`, `inputs`',
    ],
    ['no list', { rows: 3 }, 'rows must be a list of samples'],
    ['an empty list', { rows: [] }, 'rows is empty, expected at least one sample'],
    ['a short row', { image: image().with(3, [1, 2]) }, 'image[3] has 2 columns, expected 8'],
    ['a missing row', { image: image().slice(1) }, 'image has 7 rows, expected 8'],
    [
      'a short row in a batch',
      { rows: [image(), image().with(3, [1])] },
      'rows[1][3] has 1 column, expected 8',
    ],
    [
      'a string',
      { image: image().with(1, ['1', 0, 0, 0, 0, 0, 0, 0]) },
      'image[1][0] is a string, expected a number',
    ],
    ['a boolean', { image: image(true) }, 'image[0][0] is a boolean, expected a number'],
    ['NaN', { image: image(NaN) }, 'image[0][0] is NaN, expected a finite number'],
    ['what JSON has for NaN', { image: image(null) }, 'image[0][0] is null, expected a number'],
    ['a pixel too bright', { image: image([17]) }, 'image[0][0][0] is 17, expected a number from 0 to 16'],
    [
      'a pixel too dark',
      { rows: [image(), image(-1)] },
      'rows[1][0][0] is -1, expected a number from 0 to 16',
    ],
    [
      'an object where no column has a name',
      { rows: [{ a: 1 }] },
      "rows[0] is an object, but this model's input has no named columns: send nested lists",
    ],
  ])('%s for an image model', (_, body, message) => {
    expect(problems(digits, body).map((field) => field.message)).toEqual([message]);
  });

  it.each<[string, unknown, string]>([
    [
      'an image',
      { image: [[1]] },
      "image is not a field of this model's input, expected one of `row`, `rows`, `instances`, `inputs`",
    ],
    ['a short row', { rows: [[1, 2, 3]] }, 'rows[0] has 3 values, expected 4'],
    ['a number for a row', { rows: [1] }, 'rows[0] is a number, expected an array of 4 values'],
    ['a number too large', { row: [1e39, 0, 0, 0] }, 'row[0] is 1e+39, too large for a 32-bit float'],
    [
      'a named number too large',
      { row: { ...flower, sepal_width: 1e300 } },
      'row.sepal_width is too large for a 32-bit float, expected a finite number',
    ],
    [
      'a named string',
      { rows: [{ ...flower, sepal_width: '3' }] },
      'rows[0].sepal_width is a string, expected a number',
    ],
    ['an unknown column', { row: { ...flower, colour: 1 } }, 'row.colour is not a column of this model'],
    [
      'names after positions',
      { rows: [[1, 2, 3, 4], flower] },
      'rows[1] is an object, expected an array of 4 values',
    ],
    [
      'positions after names',
      { rows: [flower, [1, 2, 3, 4]] },
      'rows[1] must be an object by column name, like the first row',
    ],
    ['an inherited column', { rows: [Object.create(flower)] }, 'rows[0].sepal_length is missing'],
  ])('%s for a table model', (_, body, message) => {
    expect(problems(iris, body)[0]?.message).toBe(message);
  });

  it('names every missing column of every row', () => {
    const incomplete: Record<string, number> = { ...flower };
    delete incomplete['petal_length'];
    expect(problems(iris, { rows: [flower, incomplete, { ...incomplete, petal_width: null }] })).toEqual([
      { path: 'rows[1].petal_length', message: 'rows[1].petal_length is missing' },
      { path: 'rows[2].petal_length', message: 'rows[2].petal_length is missing' },
      { path: 'rows[2].petal_width', message: 'rows[2].petal_width is null, expected a number' },
    ]);
  });

  it('more samples than allowed, before it looks at any of them', () => {
    expect(problems(iris, { rows: new Array(3).fill('rubbish') }, 2)).toEqual([
      { path: 'rows', message: 'rows has 3 samples, at most 2 are allowed in one request' },
    ]);
  });

  it('a thousand wrong rows with no more than twenty complaints', () => {
    expect(problems(iris, { rows: new Array(1000).fill({}) })).toHaveLength(20);
  });

  it('anything at all with an InputError and nothing else', () => {
    const field = fc.constantFrom('image', 'row', 'rows', 'instances', 'inputs', '__proto__', 'else');
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.dictionary(field, fc.anything())),
        fc.boolean(),
        (body, table) => {
          try {
            const { values, rows } = decodePredictBody(table ? iris : digits, body);
            expect(values).toHaveLength(rows * (table ? 4 : 64));
            expect(values.every(Number.isFinite)).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
    );
  });

  it('a model whose input may vary in more than the batch', () => {
    const variable = {
      ...digits,
      inputs: [{ name: 'input', dtype: 'float32' as const, shape: [-1, -1, 8, 1] }],
    };
    expect(() => decodePredictBody(variable, { image: image() })).toThrow('only the batch may vary');
    expect(() => decodePredictBody({ ...digits, inputs: [] }, {})).toThrow(
      'has 0 inputs, expected exactly one',
    );
  });
});
