import { PACKAGE_PATHS } from '@modelyard/contracts';
import type { DesiredDeployment } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { LoadModel } from './load-model';
import type { LoadedModel } from './loaded-model';

/** Loads each version once, however many deployments serve it. */
@Injectable()
export class ModelCache {
  private readonly models = new Map<string, LoadedModel>();

  constructor(private readonly loadModel: LoadModel) {}

  /** @returns the model, held for the caller, who must release it */
  async obtain(desired: DesiredDeployment): Promise<LoadedModel> {
    const key = contentKey(desired);
    const known = this.models.get(key);
    if (known !== undefined && !known.disposed) {
      known.hold();
      return known;
    }
    const model = await this.loadModel.execute(desired);
    model.hold();
    this.models.set(key, model);
    return model;
  }

  /** Forgets what nobody holds any more. */
  sweep(): void {
    for (const [key, model] of this.models) if (model.disposed) this.models.delete(key);
  }

  get size(): number {
    return this.models.size;
  }
}

/** The content counts, not only the name: a version that was deleted and made again is another one. */
export function contentKey(desired: DesiredDeployment): string {
  const onnx = desired.package.find((file) => file.path === PACKAGE_PATHS.onnx);
  return `${desired.model}/${desired.version}/${onnx?.sha256 ?? ''}`;
}
