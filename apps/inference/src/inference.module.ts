import { AccessModule, CallerTokens } from '@modelyard/platform-access';
import { BlobsModule } from '@modelyard/platform-blobs';
import { ConfigModule } from '@modelyard/platform-config';
import { Logger, ObservabilityModule } from '@modelyard/platform-observability';
import { ServiceClient } from '@modelyard/platform-service-client';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DeploymentTable } from './deployments/deployment-table';
import { DesiredDeploymentsSource } from './deployments/desired-deployments';
import { HearNudges } from './deployments/hear-nudges';
import { PollDeployments } from './deployments/poll-deployments';
import { ReconcileDeployments } from './deployments/reconcile-deployments';
import { RegistryDesiredDeployments } from './deployments/registry-desired-deployments';
import { StatusReports } from './deployments/status-reports';
import { InferenceConfig } from './inference.config';
import { LoadModel } from './models/load-model';
import { ModelCache } from './models/model-cache';
import { ModelSessionFactory } from './models/model-session';
import { OnnxSessionFactory } from './models/onnx-session';
import { PredictController } from './predict/predict.controller';
import { Predict } from './predict/predict';
import { PredictionMetrics } from './predict/prediction-metrics';

@Module({})
export class InferenceModule {
  static of(config: Readonly<InferenceConfig>): DynamicModule {
    return {
      module: InferenceModule,
      imports: [
        ConfigModule.of(InferenceConfig, config),
        ObservabilityModule.of({ service: 'inference' }),
        AccessModule.of(),
        // What is loaded goes on serving without it.
        BlobsModule.of({ url: config.artifactStoreUrl, required: false }),
      ],
      controllers: [PredictController],
      providers: [
        {
          provide: ServiceClient,
          inject: [Logger],
          useFactory: (logger: Logger) => registryClient(config, logger),
        },
        { provide: ModelSessionFactory, useClass: OnnxSessionFactory },
        { provide: DesiredDeploymentsSource, useClass: RegistryDesiredDeployments },
        LoadModel,
        ModelCache,
        DeploymentTable,
        StatusReports,
        ReconcileDeployments,
        PollDeployments,
        HearNudges,
        PredictionMetrics,
        Predict,
      ],
    };
  }
}

function registryClient(config: Readonly<InferenceConfig>, logger: Logger): ServiceClient {
  return new ServiceClient({
    service: 'registry',
    baseUrl: config.registryUrl,
    tokens: new CallerTokens(config.internalTokenSecret),
    self: 'inference',
    logger,
  });
}
