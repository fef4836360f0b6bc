export { argMax } from './arg-max';
export { flattenNested, readNested } from './nested';
export type { FlatTensor } from './nested';
export { ShapeError } from './shape-error';
export { product } from './shape';
export { softmax } from './softmax';
export type { Tensor } from './tensor';
