import { PACKAGE_PATHS } from '@modelyard/contracts';
import type { InputExample, Signature } from '@modelyard/contracts';
import type { PackageContent } from '../package-content';
import { PackageError } from '../package-error';
import { checkPackagePath } from '../package-path';
import { PACKAGE_LIMITS } from './limits';
import { readInputExample } from './read-input-example';
import { readPackageManifest } from './read-package-manifest';
import type { PackageManifest } from './read-package-manifest';
import { readSignature } from './read-signature';

/** A package whose parts were found to fit together. */
export interface ModelPackage {
  manifest: PackageManifest;
  /** The bytes of the ONNX model. Nothing has looked into them. */
  onnx: Buffer;
  /** Ours alone; MLflow's own packages have only what `manifest.signature` says. */
  signature: Signature | undefined;
  inputExample: InputExample | undefined;
}

/**
 * Reads a package of unknown origin: paths stay inside it, the manifest names an ONNX model that is there, and the
 * signature and the example, where they are, are well-formed and agree.
 * @throws PackageError
 */
export function readPackage(files: PackageContent): ModelPackage {
  if (files.size > PACKAGE_LIMITS.files) {
    throw new PackageError(`the package has ${files.size} files, at most ${PACKAGE_LIMITS.files}`);
  }
  for (const path of files.keys()) checkPackagePath(path);
  const manifest = readPackageManifest(required(files, PACKAGE_PATHS.mlmodel));
  if (manifest.onnx === undefined) {
    const found = manifest.flavors.join(', ') || 'none';
    throw new PackageError(`has no onnx flavour (flavours: ${found})`, PACKAGE_PATHS.mlmodel);
  }
  const signature = files.get(PACKAGE_PATHS.signature);
  // MLflow's own examples have the same name and another form: only beside our signature is it ours.
  const example = signature === undefined ? undefined : files.get(PACKAGE_PATHS.inputExample);
  const read: ModelPackage = {
    manifest,
    onnx: required(files, manifest.onnx.data),
    signature: signature === undefined ? undefined : readSignature(signature),
    inputExample: example === undefined ? undefined : readInputExample(example),
  };
  checkAgreement(read);
  return read;
}

function required(files: PackageContent, path: string): Buffer {
  const content = files.get(path);
  if (content === undefined) throw new PackageError('is missing', path);
  return content;
}

function checkAgreement({ signature, inputExample }: ModelPackage): void {
  const [input] = signature?.inputs ?? [];
  if (signature === undefined || input === undefined || inputExample === undefined) return;
  const expected = input.shape.slice(1);
  const fits = (size: number, axis: number): boolean => expected[axis] === -1 || expected[axis] === size;
  if (inputExample.shape.length !== expected.length || !inputExample.shape.every(fits)) {
    const shapes = `[${inputExample.shape.join(', ')}], the signature [${expected.join(', ')}]`;
    throw new PackageError(`has samples of shape ${shapes}`, PACKAGE_PATHS.inputExample);
  }
  const classes = inputExample.probabilities[0]?.length ?? signature.classes.length;
  if (classes !== signature.classes.length) {
    const counts = `${classes} probabilities for ${signature.classes.length} classes`;
    throw new PackageError(`has ${counts}`, PACKAGE_PATHS.inputExample);
  }
}
