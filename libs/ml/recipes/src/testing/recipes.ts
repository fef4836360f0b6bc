/** The smallest recipe that is right, with parts replaced. */
export function recipeWith(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    apiVersion: 'modelyard/v1',
    name: 'small',
    dataset: { name: 'iris' },
    model: { layers: [lastLayer] },
    training: { epochs: 1 },
    ...parts,
  };
}

export const lastLayer = { type: 'dense', units: 'classes', activation: 'softmax' };

/** A recipe of these layers, the last one added. */
export function recipeOf(...layers: Record<string, unknown>[]): Record<string, unknown> {
  return recipeWith({ model: { layers: [...layers, lastLayer] } });
}
