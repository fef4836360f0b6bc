/**
 * Softmax over each row of `logits`, laid out as rows × classes: exp(x − max) / Σ exp(x − max), summed in double
 * precision. Subtracting the row's maximum first keeps exp from overflowing.
 *
 * @returns probabilities, rows × classes; each row sums to 1 within float32 rounding
 * @throws RangeError when the length is no multiple of `classes`
 */
export function softmax(logits: Float32Array, classes: number = logits.length): Float32Array {
  if (classes < 1 || logits.length % classes !== 0) {
    throw new RangeError(`${logits.length} logits do not make rows of ${classes} classes`);
  }
  const probabilities = new Float32Array(logits.length);
  const exponentials = new Float64Array(classes);
  for (let start = 0; start < logits.length; start += classes) {
    let maximum = -Infinity;
    for (let i = 0; i < classes; i++) maximum = Math.max(maximum, logits[start + i] as number);
    let sum = 0;
    for (let i = 0; i < classes; i++) {
      const exponential = Math.exp((logits[start + i] as number) - maximum);
      exponentials[i] = exponential;
      sum += exponential;
    }
    for (let i = 0; i < classes; i++) probabilities[start + i] = (exponentials[i] as number) / sum;
  }
  return probabilities;
}
