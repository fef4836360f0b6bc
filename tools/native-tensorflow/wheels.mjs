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

/** What the CUDA wheel's metadata asks for under its extra `and-cuda`. */
const CUDA_PARTS = [
  {
    name: 'nvidia-cublas-cu12',
    version: '12.5.3.2',
    path: 'f9/43/a5365b345c989d9f7de2f2406e59b4a792ba3541b5d47edda5031b2730a6/nvidia_cublas_cu12-12.5.3.2-py3-none-manylinux2014_x86_64.whl',
    sha256: 'ca070ad70e9fa6654084575d01bd001f30cc4665e33d4bb9fc8e0f321caa034b',
  },
  {
    name: 'nvidia-cuda-cupti-cu12',
    version: '12.5.82',
    path: '3a/64/81515a1b5872dc0fc817deaec2bdba160dc50188e0d53b907d10c6e6d568/nvidia_cuda_cupti_cu12-12.5.82-py3-none-manylinux2014_x86_64.whl',
    sha256: 'bde77a5feb66752ec61db2adfe47f56b941842825b4c7e2068aff27c9d107953',
  },
  {
    name: 'nvidia-cuda-nvcc-cu12',
    version: '12.5.82',
    path: '44/cc/36363057676e6140d0bdb07fa6df5419b68203c5cba8c412b5600fd0d105/nvidia_cuda_nvcc_cu12-12.5.82-py3-none-manylinux2014_x86_64.whl',
    sha256: 'b03e545b8e8c3ce7ebcd7fc44063180ff52ff01d064ece2127ed90a04ef12cd0',
  },
  {
    name: 'nvidia-cuda-nvrtc-cu12',
    version: '12.5.82',
    path: '19/d1/342c2bcf6172db65fcbd9102f9941876e730d98977e69c00df85940fa8ce/nvidia_cuda_nvrtc_cu12-12.5.82-py3-none-manylinux2014_x86_64.whl',
    sha256: '3dbd97b0104b4bfbc3c4f8c79cd2496307c89c43c29a9f83125f1d76296ff3fd',
  },
  {
    name: 'nvidia-cuda-runtime-cu12',
    version: '12.5.82',
    path: '71/05/80f3fe49e9905570bc27aea9493baa1891c3780a7fc4e1f872c7902df066/nvidia_cuda_runtime_cu12-12.5.82-py3-none-manylinux2014_x86_64.whl',
    sha256: '3e79a060e126df40fd3a068f3f787eb000fa51b251ec6cd97d09579632687115',
  },
  {
    name: 'nvidia-cudnn-cu12',
    version: '9.3.0.75',
    path: '8e/56/bb5c08a8d401fc1b21a10e9c58907e70e8f18bdfca34b7ecfb87bbcdad63/nvidia_cudnn_cu12-9.3.0.75-py3-none-manylinux2014_x86_64.whl',
    sha256: '9ad9c6929ebb5295eb4a1728024666d1c88283373e265a0c5c883e6f9d5cd76d',
  },
  {
    name: 'nvidia-cufft-cu12',
    version: '11.2.3.61',
    path: 'e4/85/f18c88f63489cdced17b06d3b627adca8add7d7b8cce8c11213e93a902b4/nvidia_cufft_cu12-11.2.3.61-py3-none-manylinux2014_x86_64.whl',
    sha256: '9a6e8df162585750f61983a638104a48c756aa13f9f48e19ab079b38e3c828b8',
  },
  {
    name: 'nvidia-curand-cu12',
    version: '10.3.6.82',
    path: 'f8/ce/cc6daf7820804ee7f11a0352a1f0fd59cec5f12e904f5bbaee6d928ffdaf/nvidia_curand_cu12-10.3.6.82-py3-none-manylinux2014_x86_64.whl',
    sha256: '2823fb27de4e44dbb22394a6adf53aa6e1b013aca0f8c22867d1cfae58405536',
  },
  {
    name: 'nvidia-cusolver-cu12',
    version: '11.6.3.83',
    path: '33/73/57fbf55b3f378a73faecde397a0927ea205b458f06573dfb191b7d9fd1d3/nvidia_cusolver_cu12-11.6.3.83-py3-none-manylinux2014_x86_64.whl',
    sha256: '93cfafacde4428b71778eeb092ec615a02a3d05404da1bcf91c53e3fa1bce42b',
  },
  {
    name: 'nvidia-cusparse-cu12',
    version: '12.5.1.3',
    path: 'b3/29/03726191334fa523d9654e3dacca5cc152f24bb9fa1a5721e4dddac7a8c5/nvidia_cusparse_cu12-12.5.1.3-py3-none-manylinux2014_x86_64.whl',
    sha256: '016df8e993c437e8301e62739f01775cba988fd5253cd4c64173f8e8d2f8e752',
  },
  {
    name: 'nvidia-nccl-cu12',
    version: '2.21.5',
    path: 'df/99/12cd266d6233f47d00daf3a72739872bdc10267d0383508b0b9c84a18bb6/nvidia_nccl_cu12-2.21.5-py3-none-manylinux2014_x86_64.whl',
    sha256: '8579076d30a8c24988834445f8d633c697d42397e92ffc3f63fa26766d25e0a0',
  },
  {
    name: 'nvidia-nvjitlink-cu12',
    version: '12.5.82',
    path: '75/bc/e0d0dbb85246a086ab14839979039647bce501d8c661a159b8b019d987b7/nvidia_nvjitlink_cu12-12.5.82-py3-none-manylinux2014_x86_64.whl',
    sha256: 'f9b37bc5c8cf7509665cb6ada5aaa0ce65618f2332b7d3e78e9790511f111212',
  },
];

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
    ...CUDA_PARTS.map((part) => ({ ...part, python: ANY_PYTHON, platforms: ['manylinux2014_x86_64'] })),
  ];
}

/** The wheel's file name, which pip and PyPI give it. @param {Wheel} wheel */
export const fileName = (wheel) => wheel.path.slice(wheel.path.lastIndexOf('/') + 1);
