import { PACKAGE_PATHS } from '@modelyard/contracts';
import { checkPackagePath } from '../package-path';
import { FieldReader } from './fields';
import type { Fields } from './fields';
import { parseBoundedYaml } from './parse-bounded-yaml';
import { readMlflowSignature } from './read-mlflow-signature';
import type { MlflowSignature } from './read-mlflow-signature';

/** What an `MLmodel` file says, as far as serving needs it. */
export interface PackageManifest {
  /** The names of all flavours, sorted. */
  flavors: string[];
  /** The ONNX flavour: where the model lies in the package, and the ONNX version that it was written with. */
  onnx: { data: string; version: string | undefined } | undefined;
  signature: MlflowSignature | undefined;
  modelUuid: string | undefined;
  runId: string | undefined;
  /** As it stands in the file: `2026-01-31 12:30:45.123000`. */
  createdAt: string | undefined;
  mlflowVersion: string | undefined;
}

/**
 * Reads an `MLmodel` file, ours or MLflow's, of unknown origin: no aliases, no custom tags, bounded in size and nesting.
 * Keys that serving does not need are ignored.
 * @throws PackageError
 */
export function readPackageManifest(mlmodel: Buffer | string): PackageManifest {
  const reader = new FieldReader(PACKAGE_PATHS.mlmodel);
  const fields = reader.object(parseBoundedYaml(mlmodel, PACKAGE_PATHS.mlmodel), 'the file');
  const flavors = reader.object(fields['flavors'], 'flavors');
  return {
    flavors: Object.keys(flavors).sort(),
    onnx: Object.hasOwn(flavors, 'onnx') ? readOnnxFlavor(reader, flavors['onnx']) : undefined,
    signature: isAbsent(fields['signature']) ? undefined : readMlflowSignature(fields['signature']),
    modelUuid: readText(reader, fields, 'model_uuid'),
    runId: readText(reader, fields, 'run_id'),
    createdAt: readText(reader, fields, 'utc_time_created'),
    mlflowVersion: readText(reader, fields, 'mlflow_version'),
  };
}

function readOnnxFlavor(reader: FieldReader, value: unknown): PackageManifest['onnx'] {
  const flavor = reader.object(value, 'flavors.onnx');
  const data = checkPackagePath(reader.text(flavor['data'], 'flavors.onnx.data'));
  return { data, version: readText(reader, flavor, 'onnx_version') };
}

function readText(reader: FieldReader, fields: Fields, name: string): string | undefined {
  return isAbsent(fields[name]) ? undefined : reader.text(fields[name], name);
}

/** How YAML writes nothing. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === '~' || value === 'null';
}
