// The wheels on PyPI that carry TensorFlow's libraries, each pinned by its SHA-256: whatever a mirror or a proxy
// sends, nothing else is ever unpacked. To move to another version, change the table and TENSORFLOW_VERSION together.
export const TENSORFLOW_VERSION = '2.18.1';

/** @typedef {{ name: string, version: string, python: string[], platforms: string[], path: string, sha256: string }} Wheel */

const CP311 = ['--python-version', '311', '--implementation', 'cp', '--abi', 'cp311'];
const ANY_PYTHON = ['--python-version', '311', '--implementation', 'py', '--abi', 'none'];

/** @type {Wheel} */
const TENSORFLOW_CPU_X64 = {
  name: 'tensorflow-cpu',
  version: TENSORFLOW_VERSION,
  python: CP311,
  platforms: ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'],
  path: 'b5/e1/b84084c57092caae04b6f0e1e741d52193b87f870125e22800d0cd57f147/tensorflow_cpu-2.18.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
  sha256: '810c75d7149d2da0cb2092187817b0dcabb80728ca9f9cf3a61f3f42fadd1298',
};

/** @type {Wheel} */
const TENSORFLOW_ARM64 = {
  name: 'tensorflow',
  version: TENSORFLOW_VERSION,
  python: CP311,
  platforms: ['manylinux_2_17_aarch64', 'manylinux2014_aarch64'],
  path: 'c8/b3/902588dcffbc0603893f1df482840ff9c596430155d62e159bc8fc155230/tensorflow-2.18.1-cp311-cp311-manylinux_2_17_aarch64.manylinux2014_aarch64.whl',
  sha256: '8a6485edd2148f70d011dbd1d8dc2c775e91774a5a159466e83d0d1f21580944',
};

/** @type {Wheel} */
const TENSORFLOW_CUDA_X64 = {
  name: 'tensorflow',
  version: TENSORFLOW_VERSION,
  python: CP311,
  platforms: ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'],
  path: '45/c6/05d862ebeaaf63343dffc4f97dab62ac493e8c2bbc6b1a256199bcc78ed4/tensorflow-2.18.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
  sha256: 'c9f87e5d2a680a4595f5dc30daf6bbaec9d4129b46d7ef1b2af63c46ac7d2828',
};

/** What the CUDA wheel's metadata asks for under its extra `and-cuda`: name, version, path on PyPI's file host, SHA-256. */
const CUDA_PARTS = [];

/**
 * @param {{ platform: string, arch: string, gpu: boolean }} machine
 * @returns {Wheel[] | undefined} undefined where PyPI has no libraries that the addon can use
 */
export function wheelsFor({ platform, arch, gpu }) {
  if (platform !== 'linux') return undefined;
  if (arch === 'arm64') return gpu ? undefined : [TENSORFLOW_ARM64];
  if (arch !== 'x64') return undefined;
  if (!gpu) return [TENSORFLOW_CPU_X64];
  return [
    TENSORFLOW_CUDA_X64,
    ...CUDA_PARTS.map(([name, version, path, sha256]) => ({
      name,
      version,
      python: ANY_PYTHON,
      platforms: ['manylinux2014_x86_64', 'manylinux_2_17_x86_64', 'manylinux1_x86_64'],
      path,
      sha256,
    })),
  ];
}

/** The wheel's file name, which pip and PyPI give it. @param {Wheel} wheel */
export const fileName = (wheel) => wheel.path.slice(wheel.path.lastIndexOf('/') + 1);
