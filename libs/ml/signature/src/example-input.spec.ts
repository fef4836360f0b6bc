import { decodePredictBody } from './decode-body';
import { exampleInput } from './example-input';
import { signatureFor } from './signature-for';
import { colourSchema, digitsSchema, irisSchema } from './testing/schemas';

describe('exampleInput', () => {
  it.each([
    ['a grey image', digitsSchema],
    ['a colour image', colourSchema],
    ['a table', irisSchema],
    ['a table without names', { ...irisSchema, columns: undefined as never }],
  ])('is a body that the model takes: %s', (_, schema) => {
    const signature = signatureFor(schema);
    expect(decodePredictBody(signature, exampleInput(signature))).toMatchObject({ rows: 1, single: true });
  });

  it('shows an image dark at the edge and bright in the middle', () => {
    const { image } = exampleInput(signatureFor(digitsSchema)) as { image: number[][] };
    expect(image[0]?.[0]).toBe(0);
    expect(image[4]?.[4]).toBe(16);
  });

  it('carries a given sample', () => {
    expect(exampleInput(signatureFor(irisSchema), Float32Array.of(1, 2, 3, 4))).toEqual({
      row: { sepal_length: 1, sepal_width: 2, petal_length: 3, petal_width: 4 },
    });
  });

  it('refuses a sample of another size', () => {
    expect(() => exampleInput(signatureFor(irisSchema), [1, 2])).toThrow(
      'the sample has 2 values, expected 4 for [4]',
    );
  });
});
