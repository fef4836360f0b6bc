import type { Operations } from '../operations/operations';
import type { CreateOptimizer } from '../training/optimizer';

/** What computes, as a run records it: two runs can only give the same weights where all of this is the same. */
export interface BackendInfo {
  name: 'tensorflow' | 'wasm';
  /** TensorFlow's version, or that of TensorFlow.js' WebAssembly backend. */
  version: string;
  gpu: boolean;
  threads: number;
  processor: Processor;
  /** Why it is not the backend that was asked for, or not the faster one. */
  reason?: string;
}

export interface Processor {
  model: string;
  /** Vector instructions, which decide how sums are grouped; empty where the system does not tell. */
  instructions: string[];
}

export interface Backend {
  info: BackendInfo;
  operations: Operations;
  createOptimizer: CreateOptimizer;
}
