import { signatureFor } from './signature-for';
import { colourSchema, irisSchema } from './testing/schemas';

describe('signatureFor', () => {
  it('bounds images and names no columns', () => {
    expect(signatureFor(colourSchema)).toEqual({
      inputs: [{ name: 'input', dtype: 'float32', shape: [-1, 4, 5, 3], minimum: 0, maximum: 255 }],
      outputs: [{ name: 'probabilities', dtype: 'float32', shape: [-1, 10] }],
      task: 'image-classification',
      classes: colourSchema.classes,
    });
  });

  it('names the columns of tables and leaves them unbounded: data moves', () => {
    expect(signatureFor(irisSchema)).toEqual({
      inputs: [{ name: 'input', dtype: 'float32', shape: [-1, 4], columns: irisSchema.columns }],
      outputs: [{ name: 'probabilities', dtype: 'float32', shape: [-1, 3] }],
      task: 'tabular-classification',
      classes: irisSchema.classes,
    });
  });

  it('shares no list with the schema', () => {
    const signature = signatureFor(irisSchema);
    signature.classes.push('another');
    signature.inputs[0]?.columns?.push('another');
    expect(irisSchema.classes).toHaveLength(3);
    expect(irisSchema.columns).toHaveLength(4);
  });
});
