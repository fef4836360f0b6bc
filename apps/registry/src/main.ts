import 'reflect-metadata';
import { loadConfig } from '@modelyard/platform-config';
import { main } from '@modelyard/platform-service';
import { RegistryConfig } from './registry.config';
import { startRegistry } from './start-registry';

main('registry', () => startRegistry(loadConfig(RegistryConfig)));
