import { PACKAGE_PATHS } from '@modelyard/contracts';
import { writeModelCard } from '../card/model-card';
import type { PackageContent } from '../package-content';
import { writeMlmodel } from './mlmodel';
import type { PackageParts } from './package-parts';

/**
 * Puts a model package together: MLflow's model layout, with what training, serving and a reader need beside it.
 * Deterministic: equal parts give equal bytes. The paths are those of `PACKAGE_PATHS`.
 */
export function buildPackage(parts: PackageParts): PackageContent {
  const files = new Map<string, Buffer>([
    [PACKAGE_PATHS.onnx, parts.onnx],
    [PACKAGE_PATHS.signature, json(parts.signature)],
    [PACKAGE_PATHS.inputExample, json(parts.inputExample)],
    [PACKAGE_PATHS.topology, json(parts.topology)],
    [PACKAGE_PATHS.weights, parts.weights.bin],
    [PACKAGE_PATHS.weightsManifest, json(parts.weights.manifest)],
    [PACKAGE_PATHS.recipe, json(parts.recipe)],
    [PACKAGE_PATHS.evaluation, json(parts.evaluation)],
    [PACKAGE_PATHS.modelCard, Buffer.from(writeModelCard(parts), 'utf8')],
  ]);
  const mlmodel = Buffer.from(writeMlmodel(parts, files), 'utf8');
  return new Map([[PACKAGE_PATHS.mlmodel, mlmodel], ...files]);
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8');
}
