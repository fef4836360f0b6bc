import 'reflect-metadata';
import { loadConfig } from '@modelyard/platform-config';
import { main, startService } from '@modelyard/platform-service';
import { TrainingConfig } from './training.config';
import { TrainingModule } from './training.module';

main('training', async () => {
  const config = loadConfig(TrainingConfig);
  await startService({ name: 'training', module: TrainingModule.of(config), config });
});
