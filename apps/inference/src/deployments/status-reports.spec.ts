import type { DeploymentStatus } from '@modelyard/contracts';
import { silentLogger } from '../testing/silent-logger';
import { DesiredDeploymentsSource } from './desired-deployments';
import type { ServedDeployment } from './deployment-table';
import { StatusReports } from './status-reports';

class FlakyRegistry extends DesiredDeploymentsSource {
  readonly heard: string[] = [];
  up = true;
  fetch(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
  report(name: string, { state }: DeploymentStatus): Promise<boolean> {
    if (!this.up) return Promise.reject(new Error('refused'));
    this.heard.push(`${name} ${state}`);
    return Promise.resolve(true);
  }
}

const deployment = (name: string, state: ServedDeployment['state']): ServedDeployment => ({
  name,
  state,
  revision: 1,
  isDefault: false,
});

describe('StatusReports', () => {
  it('sends again what was not heard, the newest of each deployment only', async () => {
    const registry = new FlakyRegistry();
    const reports = new StatusReports(registry, silentLogger);
    registry.up = false;
    reports.add(deployment('a', 'loading'));
    reports.add(deployment('b', 'loading'));
    reports.add(deployment('a', 'ready'));
    await reports.flush();
    registry.up = true;
    await reports.flush();
    await reports.flush();
    expect(registry.heard.sort()).toEqual(['a ready', 'b loading']);
  });

  it('sends a status that came while an older one was on its way', async () => {
    const registry = new FlakyRegistry();
    const reports = new StatusReports(registry, silentLogger);
    reports.add(deployment('a', 'loading'));
    reports.add(deployment('a', 'ready'));
    await reports.flush();
    expect(registry.heard.at(-1)).toBe('a ready');
  });

  it('says nothing of a deployment that is gone', async () => {
    const registry = new FlakyRegistry();
    const reports = new StatusReports(registry, silentLogger);
    registry.up = false;
    reports.add(deployment('a', 'ready'));
    await reports.flush();
    reports.drop('a');
    registry.up = true;
    await reports.flush();
    expect(registry.heard).toEqual([]);
  });
});
