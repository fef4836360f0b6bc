import { startService } from '@modelyard/platform-service';
import type { RunningService } from '@modelyard/platform-service';
import type { InferenceConfig } from './inference.config';
import { InferenceModule } from './inference.module';
import { registerContentParsers } from './input/content-parsers';

/** Starts the inference service; it is ready when it has reconciled once. */
export function startInference(config: Readonly<InferenceConfig>): Promise<RunningService> {
  return startService({
    name: 'inference',
    module: InferenceModule.of(config),
    config,
    bodyLimit: config.maxBodyBytes,
    openApi: { title: 'Inference', description: 'Models in memory, requests in, predictions out.' },
    configureFastify: (instance) => registerContentParsers(instance, config.maxBodyBytes),
  });
}
