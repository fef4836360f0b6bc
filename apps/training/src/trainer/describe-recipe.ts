import type { DatasetVersion, Recipe } from '@modelyard/contracts';
import { recipeDigest } from '@modelyard/ml-recipes';

/** A run's params: what was asked for. Values are text, as in MLflow. */
export function describeRecipe(recipe: Recipe, dataset: DatasetVersion): Record<string, string> {
  const { optimizer, earlyStopping, epochs, batchSize } = recipe.training;
  const { type: optimizerType, ...optimizerOptions } = optimizer;
  return {
    'recipe.name': recipe.name,
    'recipe.digest': recipeDigest(recipe),
    'dataset.name': dataset.dataset,
    'dataset.version': String(dataset.version),
    'dataset.digest': dataset.digest,
    'dataset.split_seed': String(dataset.split.seed),
    preprocessing: recipe.preprocessing.map((step) => step.type).join(', ') || 'none',
    layers: recipe.model.layers.map((layer) => layer.type).join(', '),
    seed: String(recipe.seed),
    epochs: String(epochs),
    batch_size: String(batchSize),
    optimizer: optimizerType,
    ...prefixed('optimizer', optimizerOptions),
    ...(earlyStopping === undefined ? {} : prefixed('early_stopping', earlyStopping)),
  };
}

function prefixed(prefix: string, options: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [`${prefix}.${snakeCase(name)}`, String(value)]),
  );
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
