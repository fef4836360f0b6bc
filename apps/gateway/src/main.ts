import { loadConfig } from '@modelyard/platform-config';
import { main } from '@modelyard/platform-service';
import { GatewayConfig } from './gateway.config';
import { startGateway } from './start-gateway';

main('gateway', async () => {
  await startGateway(loadConfig(GatewayConfig));
});
