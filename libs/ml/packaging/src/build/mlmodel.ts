import { PACKAGE_PATHS } from '@modelyard/contracts';
import type { TensorSpec } from '@modelyard/contracts';
import { stringify } from 'yaml';
import type { PackageContent } from '../package-content';
import { packageDigest } from '../package-digest';
import type { PackageParts } from './package-parts';

/**
 * The `MLmodel` file, as MLflow's `Model.to_yaml` writes it: flavours that say how to load the model, and the signature
 * as JSON inside the YAML. `mlflow_version` is left out, because MLflow did not write it.
 * Source: https://mlflow.org/docs/latest/ml/model/#mlmodel-file
 */
export function writeMlmodel(parts: PackageParts, files: PackageContent): string {
  const { run, recipe, dataset, signature } = parts;
  const manifest = {
    artifact_path: 'model',
    flavors: {
      onnx: { onnx_version: parts.onnxVersion, data: PACKAGE_PATHS.onnx, code: null },
      // Lets `mlflow.pyfunc.load_model` run it: MLflow's own ONNX loader is its module.
      python_function: { loader_module: 'mlflow.onnx', data: PACKAGE_PATHS.onnx },
    },
    metadata: {
      producer: `${parts.producer.name} ${parts.producer.version}`,
      recipe: recipe.name,
      task: signature.task,
      dataset: { name: dataset.dataset, version: dataset.version, digest: dataset.digest },
      weights_digest: parts.weights.digest,
    },
    model_size_bytes: [...files.values()].reduce((total, { length }) => total + length, 0),
    // From the content, so that packing twice gives one package, not two.
    model_uuid: packageDigest(files).replace('sha256:', '').slice(0, 32),
    run_id: run.id,
    signature: {
      inputs: JSON.stringify(signature.inputs.map(toMlflow)),
      outputs: JSON.stringify(signature.outputs.map(toMlflow)),
      params: null,
    },
    utc_time_created: utcTime(run.createdAt),
  };
  // Quotes around every text, because YAML 1.1, which MLflow reads, takes `no`, `1_0` and `12:30` for something else.
  return stringify(manifest, { defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN', lineWidth: 0 });
}

function toMlflow({ name, dtype, shape }: TensorSpec): object {
  // NumPy has no dtype "string": MLflow writes texts as objects.
  return { name, type: 'tensor', 'tensor-spec': { dtype: dtype === 'string' ? 'object' : dtype, shape } };
}

/** `2026-01-31 12:30:45.123000`: Python's `str(datetime)` of a time without zone. */
function utcTime(time: Date): string {
  return time.toISOString().replace('T', ' ').replace('Z', '000');
}
