import type { GraphBuilder } from './graph-builder';

/**
 * A tensor in the graph under construction. `shape` leaves the batch out and is always in TensorFlow's order
 * ([height, width, channels]); `layout` says in which order the graph holds it at this point.
 */
export interface Value {
  tensor: string;
  shape: readonly number[];
  layout: 'channelsLast' | 'channelsFirst';
}

/** [batch, height, width, channels] ↔ [batch, channels, height, width] */
const TO_FIRST = [0, 3, 1, 2];
const TO_LAST = [0, 2, 3, 1];

/** Gives values in the layout that an operator needs, transposing each tensor once at most. */
export class Layouts {
  private readonly converted = new Map<string, string>();

  constructor(private readonly graph: GraphBuilder) {}

  channelsFirst(layer: string, value: Value): Value {
    return this.convert(layer, value, 'channelsFirst', TO_FIRST);
  }

  channelsLast(layer: string, value: Value): Value {
    return this.convert(layer, value, 'channelsLast', TO_LAST);
  }

  private convert(layer: string, value: Value, layout: Value['layout'], perm: number[]): Value {
    // Only images, three dimensions and the batch, have two layouts.
    if (value.layout === layout || value.shape.length !== 3) return value;
    let tensor = this.converted.get(value.tensor);
    if (tensor === undefined) {
      tensor = this.graph.node(layer, 'Transpose', [value.tensor], { perm });
      this.converted.set(value.tensor, tensor);
      this.converted.set(tensor, value.tensor);
    }
    return { ...value, tensor, layout };
  }
}

/** The axis of the last dimension in TensorFlow's order: the channels of an image, the columns of a table. */
export function channelAxis(value: Value): number {
  return value.layout === 'channelsFirst' ? 1 : -1;
}
