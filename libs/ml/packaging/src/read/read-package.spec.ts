import * as fc from 'fast-check';
import { buildPackage, PackageError, readPackage, readPackageManifest, readSignature } from '../index';
import { exampleParts } from '../testing/example-parts';

const files = buildPackage(exampleParts());

function withFile(path: string, content: string | undefined): Map<string, Buffer> {
  const changed = new Map(files);
  if (content === undefined) changed.delete(path);
  else changed.set(path, Buffer.from(content));
  return changed;
}

function withJson(path: string, change: (value: Record<string, unknown>) => void): Map<string, Buffer> {
  const value = JSON.parse(files.get(path)?.toString() ?? '') as Record<string, unknown>;
  change(value);
  return withFile(path, JSON.stringify(value));
}

describe('readPackage refuses', () => {
  it.each([
    ['no MLmodel', withFile('MLmodel', undefined), 'MLmodel: is missing'],
    ['no model', withFile('model.onnx', undefined), 'model.onnx: is missing'],
    [
      'another flavour alone',
      withFile('MLmodel', 'flavors: {sklearn: {}}'),
      'no onnx flavour (flavours: sklearn)',
    ],
    ['no flavours', withFile('MLmodel', 'run_id: a'), 'flavors should be an object'],
    ['a list', withFile('MLmodel', '- 1'), 'the file should be an object'],
    ['a model outside', withFile('MLmodel', 'flavors: {onnx: {data: ../../etc/passwd}}'), 'must be relative'],
    ['an absolute model', withFile('MLmodel', 'flavors: {onnx: {data: /etc/passwd}}'), 'must be relative'],
    [
      'a Windows path',
      withFile('MLmodel', 'flavors: {onnx: {data: "C:\\\\x"}}'),
      'file systems do not allow',
    ],
    ['a path outside', withFile('../evil', 'x'), 'must be relative'],
    ['a device name', withFile('training/NUL.txt', 'x'), 'device on Windows'],
    ['broken YAML', withFile('MLmodel', 'flavors: {'), 'not readable YAML'],
    ['a key twice', withFile('MLmodel', 'flavors: {}\nflavors: {}'), 'not readable YAML'],
    [
      'a custom tag',
      withFile('MLmodel', 'flavors: !!python/object/apply:os.system [ls]'),
      'not readable YAML',
    ],
    ['an alias', withFile('MLmodel', 'a: &a [x]\nflavors: *a'), 'not readable YAML'],
    ['deep nesting', withFile('MLmodel', '['.repeat(1_000_000)), 'nests more than 32 brackets'],
    ['very many keys', withFile('MLmodel', 'k: 1\n'.repeat(200_000)), 'more than 10000 tokens'],
    ['very many errors', withFile('MLmodel', '}'.repeat(1_000_000)), 'more than 10000 tokens'],
    ['a huge MLmodel', withFile('MLmodel', ' '.repeat(1024 * 1024 + 1)), 'has 1048577 bytes'],
    ['a signature that is no JSON', withFile('signature.json', '{'), 'signature.json: is not JSON'],
    ['no classes', withJson('signature.json', (s) => (s['classes'] = 'apple')), 'classes should be a list'],
    ['a class twice', withJson('signature.json', (s) => (s['classes'] = ['a', 'a'])), 'names a class twice'],
    ['an unknown task', withJson('signature.json', (s) => (s['task'] = 'chat')), 'task should be one of'],
    [
      'names for other columns',
      withJson('signature.json', (s) => ((s['inputs'] as Record<string, unknown>[])[0]!['columns'] = ['x'])),
      'inputs[0].columns has 1 names for 2 columns',
    ],
    [
      'a shape of fractions',
      withJson(
        'signature.json',
        (s) => ((s['inputs'] as Record<string, unknown>[])[0]!['shape'] = [-1, 1.5]),
      ),
      'inputs[0].shape[1] should be a positive integer or -1',
    ],
    ['no inputs', withJson('signature.json', (s) => (s['inputs'] = [])), 'inputs is empty'],
    [
      'an example of NaN',
      withFile('input_example.json', '{"inputs":[[null,1]],"shape":[2]}'),
      'inputs[0][0]',
    ],
    [
      'a short example',
      withJson('input_example.json', (e) => (e['inputs'] = [[1]])),
      'has 1 numbers, expected 2',
    ],
    [
      'answers for other rows',
      withJson('input_example.json', (e) => (e['probabilities'] = [])),
      '0 rows for 1',
    ],
    [
      'an example of another shape',
      withFile('input_example.json', '{"inputs":[[1,2,3]],"shape":[3],"probabilities":[[1,0]]}'),
      'samples of shape [3], the signature [2]',
    ],
    [
      'an example of other classes',
      withJson('input_example.json', (e) => (e['probabilities'] = [[1]])),
      '1 probabilities for 2 classes',
    ],
  ])('%s', (_, broken, message) => {
    expect(() => readPackage(broken)).toThrow(PackageError);
    expect(() => readPackage(broken)).toThrow(message);
  });

  it('too many files', () => {
    const many = new Map(Array.from({ length: 1001 }, (_, index) => [`f${index}`, Buffer.alloc(0)]));
    expect(() => readPackage(many)).toThrow('has 1001 files, at most 1000');
  });
});

it('expands no aliases, however few lines they take', () => {
  const lines = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}, *a${n}]`);
  const bomb = ['a0: &a0 [lol]', ...lines, 'flavors: *a30'].join('\n');
  expect(() => readPackageManifest(bomb)).toThrow(PackageError);
});

it('reads what MLflow 3.17 itself writes, columns included', () => {
  // mlflow.models.Model(...).to_yaml() with ModelSignature(inputs=Schema([ColSpec("double", "x")]))
  const manifest = readPackageManifest(
    [
      'artifact_path: model',
      'flavors:',
      '  onnx:',
      '    code: null',
      '    data: model.onnx',
      '    onnx_version: 1.19.1',
      'mlflow_version: 3.17.2',
      'model_uuid: 33e55f41e7bc4b4f9df0c8ef4f2a4e1c',
      'run_id: null',
      'signature:',
      '  inputs: \'[{"type": "double", "name": "x", "required": true}]\'',
      '  outputs: null',
      '  params: null',
      "utc_time_created: '2026-01-31 12:30:45.123456'",
      '',
    ].join('\n'),
  );
  expect(manifest).toMatchObject({
    onnx: { data: 'model.onnx', version: '1.19.1' },
    mlflowVersion: '3.17.2',
    runId: undefined,
    signature: { inputs: [{ kind: 'column', name: 'x', type: 'double', required: true }], outputs: [] },
  });
});

it('takes no keys from the prototype', () => {
  expect(readPackageManifest('flavors: {__proto__: {onnx: {data: x}}}').onnx).toBeUndefined();
  expect(() => readSignature('{"__proto__": {"classes": []}}')).toThrow(PackageError);
});

it('answers any text with a manifest or a PackageError', () => {
  const yaml = fc.string({
    unit: fc.constantFrom(...'flavors: onx{}[]&*!-\n"\'#|>%@'.split('')),
    maxLength: 200,
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), yaml), (text) => {
      try {
        readPackageManifest(text);
      } catch (error) {
        expect(error).toBeInstanceOf(PackageError);
      }
    }),
  );
});
