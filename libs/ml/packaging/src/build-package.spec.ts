import { PACKAGE_PATHS } from '@modelyard/contracts';
import { parse } from 'yaml';
import { buildPackage, packageDigest, readPackage } from './index';
import { exampleParts } from './testing/example-parts';

function textOf(files: ReadonlyMap<string, Buffer>, path: string): string {
  return (files.get(path) ?? Buffer.alloc(0)).toString('utf8');
}

describe('buildPackage', () => {
  const files = buildPackage(exampleParts());

  it('writes the files of the package layout, MLmodel first', () => {
    expect([...files.keys()][0]).toBe('MLmodel');
    expect(new Set(files.keys())).toEqual(new Set(Object.values(PACKAGE_PATHS)));
    expect(files.get(PACKAGE_PATHS.onnx)).toEqual(Buffer.from('onnx bytes'));
    expect(JSON.parse(textOf(files, PACKAGE_PATHS.topology))).toEqual(exampleParts().topology);
    expect(JSON.parse(textOf(files, PACKAGE_PATHS.recipe))).toEqual(exampleParts().recipe);
  });

  it('gives equal bytes for equal parts, and other bytes when one part changes', () => {
    expect(packageDigest(buildPackage(exampleParts()))).toBe(packageDigest(files));
    const other = buildPackage(exampleParts({ onnx: Buffer.from('onnx bytez') }));
    expect(packageDigest(other)).not.toBe(packageDigest(files));
    expect(textOf(other, 'MLmodel')).not.toBe(textOf(files, 'MLmodel'));
  });

  // MLflow 3.17.2 loads this file (Model.load), and runs the package (mlflow.pyfunc.load_model).
  it('describes the model to MLflow', () => {
    const mlmodel = parse(textOf(files, 'MLmodel')) as Record<string, Record<string, unknown>>;
    expect(mlmodel['flavors']).toEqual({
      onnx: { onnx_version: '1.12.0', data: 'model.onnx', code: null },
      python_function: { loader_module: 'mlflow.onnx', data: 'model.onnx' },
    });
    expect(JSON.parse(String(mlmodel['signature']?.['inputs']))).toEqual([
      { name: 'input', type: 'tensor', 'tensor-spec': { dtype: 'float32', shape: [-1, 2] } },
    ]);
    expect(mlmodel['utc_time_created']).toBe('2026-01-31 12:30:45.123000');
    expect(mlmodel['model_uuid']).toMatch(/^[0-9a-f]{32}$/);
    expect(mlmodel).not.toHaveProperty('mlflow_version');
  });

  it('quotes what YAML 1.1 would take for a number, a time or a boolean', () => {
    const run = { ...exampleParts().run, id: '12345678901234567890123456789012' };
    const recipe = { ...exampleParts().recipe, name: 'no' };
    const text = textOf(buildPackage(exampleParts({ run, recipe })), 'MLmodel');
    expect(text).toContain("run_id: '12345678901234567890123456789012'");
    expect(text).toContain("recipe: 'no'");
    expect(text).toContain("utc_time_created: '2026-01-31 12:30:45.123000'");
  });

  it('can be read back', () => {
    const { manifest, onnx, signature, inputExample } = readPackage(files);
    expect(manifest).toMatchObject({
      flavors: ['onnx', 'python_function'],
      onnx: { data: 'model.onnx', version: '1.12.0' },
      runId: '0f8fad5bd9cb469fa16570867728950e',
      createdAt: '2026-01-31 12:30:45.123000',
      mlflowVersion: undefined,
    });
    expect(manifest.signature?.outputs).toEqual([
      { kind: 'tensor', name: 'probabilities', dtype: 'float32', shape: [-1, 2] },
    ]);
    expect(onnx.toString()).toBe('onnx bytes');
    expect(signature).toEqual(exampleParts().signature);
    expect(inputExample).toEqual(exampleParts().inputExample);
  });
});
