/** A recipe that fits `iris`, as a client would send it. */
export function irisRecipe(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    apiVersion: 'modelyard/v1',
    name: 'iris-logistic',
    experiment: 'iris',
    dataset: { name: 'iris', version: 'latest' },
    model: { type: 'network', layers: [{ type: 'dense', units: 'classes', activation: 'softmax' }] },
    training: { epochs: 3, batchSize: 16, optimizer: { type: 'adam', learningRate: 0.05 } },
    register: { model: 'iris', minimum: { accuracy: 0.9 }, stage: 'Staging' },
    seed: 7,
    ...changes,
  };
}
