import type { LayerSpec } from '@modelyard/contracts';
import type { Place } from '../fields/place';
import type { LayerDraft } from '../format/layers';
import { didYouMean } from '../fields/suggestion';

export const NETWORK_INPUT = 'input';

/**
 * Fills names, inputs and pooling strides, and checks that the layers are a graph that can be run in their order: names
 * are unique, inputs are earlier layers, and every layer but the last is somebody's input. As inputs come earlier there
 * can be no cycle.
 */
export function completeLayers(drafts: LayerDraft[], place: Place): LayerSpec[] {
  const layers = drafts.map((draft, index) => completeLayer(draft, index, drafts));
  checkNames(layers, place);
  layers.forEach((layer, index) =>
    checkInputs(layer, index, layers, drafts[index] as LayerDraft, place.index(index)),
  );
  checkEachIsUsed(layers, place);
  checkLast(layers.at(-1), place.index(layers.length - 1));
  return layers;
}

function completeLayer(draft: LayerDraft, index: number, drafts: LayerDraft[]): LayerSpec {
  const before = drafts[index - 1];
  const name = nameOf(draft, index);
  const inputs = draft.inputs ?? [before ? nameOf(before, index - 1) : NETWORK_INPUT];
  if (draft.type === 'maxPooling2d' || draft.type === 'averagePooling2d') {
    return { ...draft, name, inputs, strides: draft.strides ?? [...draft.poolSize] };
  }
  return { ...draft, name, inputs };
}

function nameOf(draft: LayerDraft, index: number): string {
  return draft.name ?? `${draft.type}_${index}`;
}

function checkNames(layers: LayerSpec[], place: Place): void {
  const first = new Map<string, number>();
  layers.forEach(({ name }, index) => {
    const at = place.index(index).key('name');
    if (name === NETWORK_INPUT) at.report('is "input", which stands for the sample itself');
    // Weights are called `<layer>/<kernel>`, and names stand in ONNX graphs.
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
      at.report('may hold letters, digits, dots, dashes and underscores, a letter or digit first');
    }
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    else at.report(`is "${name}", which layer ${earlier} is called already`);
  });
}

function checkInputs(
  layer: LayerSpec,
  index: number,
  layers: LayerSpec[],
  draft: LayerDraft,
  place: Place,
): void {
  const joins = layer.type === 'add' || layer.type === 'concatenate';
  if (joins && layer.inputs.length < 2) {
    const problem = draft.inputs ? 'has one entry' : 'is missing';
    place.key('inputs').report(`${problem}; ${layer.type} joins two or more layers: name them`);
  }
  if (!joins && layer.inputs.length !== 1) {
    place
      .key('inputs')
      .report(
        `has ${layer.inputs.length} entries; ${layer.type} takes one. Join them with add or concatenate`,
      );
  }
  if (!draft.inputs) return;
  const earlier = [NETWORK_INPUT, ...layers.slice(0, index).map(({ name }) => name)];
  draft.inputs.forEach((name, position) => {
    if (earlier.includes(name)) return;
    const later = layers.findIndex((other) => other.name === name);
    const problem =
      later < 0
        ? `is "${name}", and no layer is called so.${didYouMean(name, earlier)}`
        : `is "${name}", which is ${later === index ? 'this layer itself' : 'a later layer'}; inputs must come before`;
    place.key('inputs').index(position).report(problem);
  });
}

function checkEachIsUsed(layers: LayerSpec[], place: Place): void {
  const used = new Set(layers.flatMap(({ inputs }) => inputs));
  layers.slice(0, -1).forEach(({ name }, index) => {
    if (!used.has(name))
      place.index(index).report(`"${name}" is no later layer's input, so it would do nothing`);
  });
}

function checkLast(last: LayerSpec | undefined, place: Place): void {
  if (last?.type === 'activation') {
    if (last.activation !== 'softmax') place.key('activation').report('of the last layer must be softmax');
    return;
  }
  if (last?.type !== 'dense') {
    place.report(
      `is ${last?.type ?? 'missing'}; the last layer must be dense with units "classes" and activation "softmax"`,
    );
    return;
  }
  if (last.units !== 'classes') {
    place
      .key('units')
      .report(`is ${last.units}; the last layer must have units "classes", as many as the dataset has`);
  }
  if (last.activation !== 'softmax') {
    place.key('activation').report(`is "${last.activation}"; the last layer must have activation "softmax"`);
  }
}
