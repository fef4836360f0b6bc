export { stageImages } from './staging/stage-images';
export type { StagedImages, StageImagesOptions, StagingHooks } from './staging/stage-options';
export type { ImageCheckpoint } from './staging/checkpoint';
export {
  addCounts,
  channelStatistics,
  classBrightness,
  countPixels,
  emptyCounts,
} from './staging/pixel-tally';
export type { PixelCounts } from './staging/pixel-tally';
export { sampleDigest } from './staging/sample-digest';
export { decodeImage } from './decoding/decode-image';
export type { DecodedImage, DecodeOptions, ImageTarget } from './decoding/decode-image';
export { fitPixels } from './decoding/fit-pixels';
export { encodePng } from './encode-png';
export type { PngOptions } from './encode-png';
export { sniffImage } from './sniffing/sniff-image';
export { IMAGE_FORMATS } from './sniffing/image-header';
export type { ImageFormat, ImageHeader } from './sniffing/image-header';
export { IMAGE_LIMITS } from './image-limits';
export type { ImageLimits } from './image-limits';
export { ImageError } from './image-error';
export { readIdx } from './idx/read-idx';
export type { IdxFile } from './idx/read-idx';
export { CIFAR_CLASSES, readCifar } from './cifar/read-cifar';
export type { SourceFile } from '@modelyard/ml-tables';
