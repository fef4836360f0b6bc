import type { DatasetSchema, LayersTopology, Recipe } from '@modelyard/contracts';
import { Place, Problems } from './fields/place';
import { RECIPE_LIMITS } from './limits';
import { trainingMemory } from './network/memory';
import { parametersOf } from './network/parameters';
import { resolveNetwork } from './network/resolve-network';

/** What training a recipe on a dataset comes to. */
export interface NetworkPlan {
  topology: LayersTopology;
  /** Weights of all layers, those that are not trained too. */
  parameters: number;
  /** Estimate for one training step, in bytes. */
  memoryBytes: number;
  /** Every layer that a recipe can name has its counterpart in ONNX, so a plan that exists can be exported. */
  exportable: true;
}

/**
 * Checks that a recipe fits a dataset: each layer fits the one before, the last gives the classes, and the whole stays
 * within `RECIPE_LIMITS`.
 *
 * @param recipe as `checkRecipe` or `parseRecipe` returns it
 * @throws RecipeError with every problem
 */
export function checkRecipeAgainst(recipe: Recipe, schema: DatasetSchema): NetworkPlan {
  const problems = new Problems();
  const place = new Place(problems);
  if (schema.classes.length < 2) {
    place
      .key('dataset')
      .report(`"${recipe.dataset.name}" has ${schema.classes.length} classes, at least 2 are needed`);
  }
  checkFeatures(schema, (problem) => place.key('dataset').report(`"${recipe.dataset.name}" ${problem}`));
  problems.throwIfAny();
  const topology = resolveNetwork(recipe.model, schema.shape, schema.classes.length);
  const parameters = topology.layers.reduce((sum, layer) => sum + parametersOf(layer), 0);
  const { optimizer, batchSize } = recipe.training;
  const memoryBytes = trainingMemory(topology, parameters, optimizer, batchSize);
  if (parameters > RECIPE_LIMITS.parameters) {
    place.key('model').report(`has ${parameters} weights, at most ${RECIPE_LIMITS.parameters} are allowed`);
  }
  if (memoryBytes > RECIPE_LIMITS.memoryBytes) {
    const gibibytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
    place
      .key('training')
      .key('batchSize')
      .report(
        `of ${batchSize} needs about ${gibibytes(memoryBytes)}, at most ${gibibytes(RECIPE_LIMITS.memoryBytes)} are allowed`,
      );
  }
  problems.throwIfAny();
  return { topology, parameters, memoryBytes, exportable: true };
}

/** A network takes numbers, and one in every row. */
function checkFeatures(
  { kind, columns = [], fields = [] }: DatasetSchema,
  report: (problem: string) => void,
): void {
  if (kind !== 'table') return;
  if (columns.length === 0) {
    report('has no feature that is a number; import it with the types that its columns should have');
    return;
  }
  const gaps = fields
    .filter(({ name, nullable }) => nullable && columns.includes(name))
    .map(({ name }) => name);
  if (gaps.length === 0) return;
  const filter = gaps.map((name) => `"${name.replaceAll('"', '""')}" IS NOT NULL`).join(' AND ');
  report(
    `has rows without a value in ${gaps.join(', ')}; derive a version without them, by the filter ${filter}`,
  );
}
