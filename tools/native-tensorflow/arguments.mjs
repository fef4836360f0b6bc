export const USAGE = `usage: node tools/native-tensorflow/setup.mjs [--gpu | --cpu] [--check] [--json]
  --gpu    use TensorFlow's CUDA libraries (Linux x64, 2.4 GB to download)
  --cpu    go back from CUDA libraries to the CPU's
  --check  change nothing; verify what is set up, checksums included, and exit 1 unless it works
  --json   print the result as one line of JSON on stdout
`;

const KNOWN = new Set(['--gpu', '--cpu', '--check', '--json', '--help']);

/** @param {string[]} argv */
export function readArguments(argv) {
  const unknown = argv.find((argument) => !KNOWN.has(argument));
  if (unknown !== undefined) return { error: `unknown option ${unknown}` };
  if (argv.includes('--gpu') && argv.includes('--cpu'))
    return { error: '--gpu and --cpu exclude each other' };
  return {
    gpu: argv.includes('--gpu') ? true : argv.includes('--cpu') ? false : undefined,
    check: argv.includes('--check'),
    json: argv.includes('--json'),
    help: argv.includes('--help'),
  };
}
