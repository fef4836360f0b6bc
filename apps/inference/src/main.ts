import { loadConfig } from '@modelyard/platform-config';
import { main } from '@modelyard/platform-service';
import { InferenceConfig } from './inference.config';
import { startInference } from './start-inference';

main('inference', async () => {
  await startInference(loadConfig(InferenceConfig));
});
