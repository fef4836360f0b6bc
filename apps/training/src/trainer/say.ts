import type { FromTrainer } from '../trainer-protocol';

/** Tells the worker something. */
export type Say = (message: FromTrainer) => void;
