import type { NamedWeights, WeightTensor } from '@modelyard/contracts';
import { decodeWeights, encodeWeights } from '../weights/encode-weights';
import type { BestEpoch } from './early-stopping';
import type { OptimizerState } from './optimizer';

/**
 * Where a training stands after an epoch. Its random numbers are no part of it: each is drawn from a generator of its
 * own, named by seed, epoch and step.
 */
export interface Checkpoint {
  /** Of the recipe and data that it belongs to. */
  trainingDigest: string;
  epoch: number;
  /** Early stopping ended the training here. */
  over: boolean;
  weights: NamedWeights;
  optimizer: OptimizerState;
  best?: BestEpoch;
}

const MAGIC = 'MYCK';
const VERSION = 1;

/** Magic, version, length of the JSON header (32 bits, little-endian), header, weights. */
export function encodeCheckpoint(checkpoint: Checkpoint): Buffer {
  const { trainingDigest, epoch, over, weights, optimizer, best } = checkpoint;
  const all: NamedWeights = new Map(prefixed('weights', weights));
  for (const [slot, arrays] of Object.entries(optimizer.slots)) {
    arrays.forEach((data, index) => all.set(`slots/${slot}/${index}`, { shape: [data.length], data }));
  }
  if (best) for (const [name, weight] of prefixed('best', best.weights)) all.set(name, weight);
  const { bin, manifest } = encodeWeights(all);
  const slots = Object.fromEntries(
    Object.entries(optimizer.slots).map(([name, { length }]) => [name, length]),
  );
  const header = {
    trainingDigest,
    epoch,
    over,
    step: optimizer.step,
    slots,
    ...(best ? { best: { epoch: best.epoch, loss: best.loss } } : {}),
    manifest,
  };
  const json = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(12);
  prefix.write(MAGIC, 'latin1');
  prefix.writeUInt32LE(VERSION, 4);
  prefix.writeUInt32LE(json.length, 8);
  return Buffer.concat([prefix, json, bin]);
}

/** @throws Error when the buffer is not a whole checkpoint of this version */
export function decodeCheckpoint(buffer: Buffer): Checkpoint {
  if (buffer.length < 12 || buffer.toString('latin1', 0, 4) !== MAGIC || buffer.readUInt32LE(4) !== VERSION) {
    throw new Error('This is no checkpoint of a training, or one of another version');
  }
  const end = 12 + buffer.readUInt32LE(8);
  const header = JSON.parse(buffer.toString('utf8', 12, end)) as {
    trainingDigest: string;
    epoch: number;
    over: boolean;
    step: number;
    slots: Record<string, number>;
    best?: { epoch: number; loss: number };
    manifest: unknown;
  };
  const all = decodeWeights(buffer.subarray(end), header.manifest);
  const slots = Object.entries(header.slots).map(([name, length]): [string, Float32Array[]] => [
    name,
    Array.from({ length }, (_, index) => all.get(`slots/${name}/${index}`)?.data ?? new Float32Array()),
  ]);
  return {
    trainingDigest: header.trainingDigest,
    epoch: header.epoch,
    over: header.over,
    weights: under('weights', all),
    optimizer: { step: header.step, slots: Object.fromEntries(slots) },
    ...(header.best ? { best: { ...header.best, weights: under('best', all) } } : {}),
  };
}

function prefixed(prefix: string, weights: NamedWeights): [string, WeightTensor][] {
  return [...weights].map(([name, weight]) => [`${prefix}:${name}`, weight]);
}

function under(prefix: string, weights: NamedWeights): NamedWeights {
  const own = [...weights].filter(([name]) => name.startsWith(`${prefix}:`));
  return new Map(own.map(([name, weight]) => [name.slice(prefix.length + 1), weight]));
}
