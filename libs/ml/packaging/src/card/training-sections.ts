import type { LayerSpec, ResolvedLayer } from '@modelyard/contracts';
import type { PackageParts } from '../build/package-parts';
import { code, table, text } from './markdown';

/** What the network learnt from: the data set's version, its division and its classes. */
export function trainingData({ dataset, evaluation }: PackageParts): string {
  const { split, source } = dataset;
  const total = Math.max(1, dataset.rows);
  const counts = Object.entries(dataset.classCounts);
  return [
    `${text(source.description)} Licence: ${text(source.licence)}.${source.url === undefined ? '' : ` Source: ${code(source.url)}.`}`,
    table(
      ['', ''],
      [
        ['Dataset', `${code(dataset.dataset)}, version ${dataset.version}`],
        ['Digest', code(dataset.digest)],
        ['Samples', `${dataset.rows} of shape [${dataset.schema.shape.join(', ')}], ${dataset.schema.dtype}`],
        ['Values', `${dataset.schema.minimum} to ${dataset.schema.maximum}`],
        ['Split', `stratified, seed ${split.seed}; evaluated on ${code(evaluation.split)}`],
        ...Object.entries(split.counts).map(([name, count]) => [`– ${name}`, `${count} samples`]),
      ],
    ),
    table(
      ['Class', 'Samples', 'Share'],
      counts.map(([name, count]) => [text(name), String(count), `${((100 * count) / total).toFixed(1)} %`]),
    ),
  ].join('\n\n');
}

/** How it learnt: preprocessing, hyper-parameters, layers, machine. */
export function trainingProcedure({ recipe, topology, preprocessing, run, weights }: PackageParts): string {
  const { training } = recipe;
  const { type, ...optimizer } = training.optimizer;
  const steps = recipe.preprocessing.map(
    ({ type: step, ...options }) => `${code(step)} ${settings(options)}`,
  );
  const stopping = training.earlyStopping;
  return [
    `**Preprocessing**, inside the graph, so callers send what the dataset holds: ${steps.join(', then ') || 'none'}.` +
      ` One scale and offset for each of ${preprocessing.scale.length} channels or columns.`,
    table(
      ['Hyper-parameter', 'Value'],
      [
        ['Optimiser', `${code(type)} ${settings(optimizer)}`],
        ['Epochs', `${run.epochsRun} of ${training.epochs}`],
        ['Early stopping', stopping === undefined ? 'none' : settings(stopping)],
        ['Batch size', String(training.batchSize)],
        ['Seed', String(recipe.seed)],
        ['Parameters', String(parameterCount(topology.layers))],
        ['Weights', code(weights.digest)],
      ],
    ),
    table(
      ['Layer', 'Type', 'Settings', 'Output'],
      topology.layers.map((layer) => [
        code(layer.name),
        code(layer.type),
        settings(ownSettings(layer)),
        `[${layer.outputShape.join(', ')}]`,
      ]),
    ),
    table(
      ['Environment', ''],
      Object.entries(run.environment).map(([name, value]) => [text(name), code(value)]),
    ),
  ].join('\n\n');
}

function ownSettings(layer: ResolvedLayer): object {
  const { name: _n, type: _t, inputs, inputShapes: _i, outputShape: _o, ...settings } = layer;
  return inputs.length > 1 ? { inputs, ...settings } : settings;
}

function settings(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => code(`${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`))
    .join(' ');
}

/** Weights that training fits or keeps, by the layers' shapes. */
function parameterCount(layers: ResolvedLayer[]): number {
  return layers.reduce((sum, layer) => sum + parametersOf(layer), 0);
}

function parametersOf(layer: ResolvedLayer): number {
  const input = layer.inputShapes[0]?.at(-1) ?? 0;
  const output = layer.outputShape.at(-1) ?? 0;
  const bias = 'useBias' in layer && layer.useBias ? output : 0;
  const window = 'kernelSize' in layer ? layer.kernelSize[0] * layer.kernelSize[1] : 0;
  const type: LayerSpec['type'] = layer.type;
  if (type === 'dense') return input * output + bias;
  if (type === 'conv2d') return window * input * output + bias;
  if (type === 'depthwiseConv2d') return window * output + bias;
  if (layer.type === 'separableConv2d') {
    return (window * input + input * output) * layer.depthMultiplier + bias;
  }
  return type === 'batchNormalization' ? 4 * output : 0;
}
