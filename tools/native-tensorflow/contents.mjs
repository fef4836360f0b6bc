// What of a wheel is kept: two libraries of TensorFlow, the headers that the binding includes, and CUDA's libraries.
// The layout of site-packages stays, because the CUDA build looks for ../nvidia/*/lib beside its own folder.

const LIBRARIES = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'];

const HEADERS = [
  'tensorflow/c/c_api.h',
  'tensorflow/c/c_api_macros.h',
  'tensorflow/c/eager/c_api.h',
  'tensorflow/c/tf_attrtype.h',
  'tensorflow/c/tf_buffer.h',
  'tensorflow/c/tf_datatype.h',
  'tensorflow/c/tf_status.h',
  'tensorflow/c/tf_tensor.h',
  'tensorflow/c/tf_tstring.h',
  'tensorflow/core/platform/ctstring.h',
  'tensorflow/core/platform/ctstring_internal.h',
  'tsl/platform/ctstring.h',
  'tsl/platform/ctstring_internal.h',
  'xla/tsl/c/tsl_status.h',
].map((header) => `tensorflow/include/${header}`);

const OF_TENSORFLOW = new Set([...LIBRARIES, ...HEADERS]);
const CUDA_LIBRARY = /^nvidia\/[a-z0-9_]+\/lib\/[^/]+\.so[.0-9]*$/;

/** @param {string} entry a path inside a wheel @returns {boolean} whether the set-up keeps it */
export const isKept = (entry) => OF_TENSORFLOW.has(entry) || CUDA_LIBRARY.test(entry);

/** What must be there after all wheels are unpacked. */
export const REQUIRED = [...OF_TENSORFLOW];
