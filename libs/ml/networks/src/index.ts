export type { BackendInfo, Processor } from './backend/backend';
export { openBackend } from './backend/open-backend';
export type { BackendRequest } from './backend/open-backend';
export type { Samples } from './training/samples';
export { trainNetwork } from './training/train-network';
export type { EpochReport, NetworkTraining, TrainedNetwork } from './training/training-job';
export { decodeWeights, encodeWeights } from './weights/encode-weights';
export type { WeightsManifest } from './weights/encode-weights';
export { weightsDigest } from './weights/weights-digest';
