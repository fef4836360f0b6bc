import { startService } from '@modelyard/platform-service';
import type { RunningService } from '@modelyard/platform-service';
import { readYamlBodies } from './training-jobs/read-yaml-bodies';
import { readForms } from './dataset-imports/forms/read-forms';
import { readUploadBodies } from './uploads/tus/read-upload-bodies';
import type { RegistryConfig } from './registry.config';
import { RegistryModule } from './registry.module';

/** Batches of a run's log, and profiles of datasets, are the largest JSON bodies. */
const BODY_LIMIT = 16 * 1024 * 1024;

export function startRegistry(config: Readonly<RegistryConfig>): Promise<RunningService> {
  return startService({
    name: 'registry',
    module: RegistryModule.of(config),
    config,
    bodyLimit: BODY_LIMIT,
    openApi: {
      title: 'Modelyard registry',
      description:
        'Experiments, runs, models, deployments, datasets, training jobs, API keys and the audit trail.',
    },
    configureFastify: (instance) => {
      readYamlBodies(instance);
      readUploadBodies(instance);
      readForms(instance);
    },
  });
}
