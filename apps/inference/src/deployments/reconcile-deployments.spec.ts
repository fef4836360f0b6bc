import type { DeploymentStatus, DesiredDeployment } from '@modelyard/contracts';
import type { AppError } from '@modelyard/platform-errors';
import type { InferenceConfig } from '../inference.config';
import { LoadModel } from '../models/load-model';
import { ModelCache } from '../models/model-cache';
import { FakeSessions } from '../testing/fake-sessions';
import { MemoryBlobs } from '../testing/memory-blobs';
import { silentLogger } from '../testing/silent-logger';
import { tableSignature } from '../testing/tiny-models';
import { DeploymentTable } from './deployment-table';
import { DesiredDeploymentsSource } from './desired-deployments';
import { ReconcileDeployments } from './reconcile-deployments';
import { StatusReports } from './status-reports';

class RecordedReports extends DesiredDeploymentsSource {
  readonly reports: [string, DeploymentStatus][] = [];
  fetch(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
  report(name: string, status: DeploymentStatus): Promise<boolean> {
    this.reports.push([name, status]);
    return Promise.resolve(true);
  }
}

function slice() {
  const blobs = new MemoryBlobs();
  const sessions = new FakeSessions();
  const source = new RecordedReports();
  const config = { maxModelBytes: 1_000 } as InferenceConfig;
  const models = new ModelCache(new LoadModel(blobs, sessions, config, silentLogger));
  const table = new DeploymentTable();
  const reports = new StatusReports(source, silentLogger);
  const reconcile = new ReconcileDeployments(table, models, reports, silentLogger);
  const desired = (content: string, changes: Partial<DesiredDeployment> = {}): DesiredDeployment => ({
    name: 'shapes',
    revision: 1,
    isDefault: false,
    model: 'shapes',
    version: 1,
    signature: tableSignature,
    package: [blobs.add('model.onnx', Buffer.from(content))],
    ...changes,
  });
  const to = (...states: DesiredDeployment[]): Promise<void> => reconcile.execute(() => states);
  const states = async (): Promise<[string, string, number | undefined][]> => {
    await reports.flush();
    return source.reports.map(([name, { state, serving }]) => [name, state, serving?.version]);
  };
  return { table, models, sessions, reconcile, desired, to, states, source, reports };
}

/** Resolves when all that is already possible has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('ReconcileDeployments', () => {
  it('loads a version, serves it and says so', async () => {
    const { table, desired, to, states } = slice();
    await to(desired('one'));
    const lease = table.lease('shapes');
    expect(lease.model.label).toBe('shapes/1');
    lease.release();
    expect((await states()).at(-1)).toEqual(['shapes', 'ready', 1]);
  });

  it('serves the old version until the new one is loaded, and ends it after its last request', async () => {
    const { table, sessions, desired, to } = slice();
    await to(desired('one'));
    let open = (): void => undefined;
    sessions.gate = new Promise((resolve) => (open = resolve));
    const switching = to(desired('two', { revision: 2, version: 2 }));
    await settled();
    const underWay = table.lease('shapes');
    expect(underWay.model.label).toBe('shapes/1');

    open();
    await switching;
    const next = table.lease('shapes');
    expect(next.model.label).toBe('shapes/2');
    expect(sessions.alive).toEqual(['one', 'two']);
    expect((await underWay.model.run(new Float32Array(2), 1)).length).toBe(3);
    underWay.release();
    expect(sessions.alive).toEqual(['two']);
    next.release();
    expect(sessions.alive).toEqual(['two']);
  });

  it('keeps the old version serving when the new one does not load, and says why', async () => {
    const { table, desired, to, states, source } = slice();
    await to(desired('one'));
    await to(desired('broken', { revision: 2, version: 2 }));
    const lease = table.lease('shapes');
    expect(lease.model.label).toBe('shapes/1');
    lease.release();
    expect((await states()).at(-1)).toEqual(['shapes', 'failed', 1]);
    expect(source.reports.at(-1)?.[1]).toMatchObject({ revision: 2, message: 'broken is no model' });
  });

  it('goes back to a version that is still loaded without loading it again', async () => {
    const { sessions, desired, to } = slice();
    const one = desired('one');
    await to(one, { ...one, name: 'other' });
    await to(one, desired('two', { name: 'other', revision: 2, version: 2 }));
    await to(one, { ...one, name: 'other', revision: 3 });
    expect(sessions.opened.map(({ content }) => content)).toEqual(['one', 'two']);
    expect(sessions.alive).toEqual(['one']);
  });

  it('tries a failed version again only after a pause, but a new revision at once', async () => {
    const { table, desired, to } = slice();
    const fetches = jest.spyOn(MemoryBlobs.prototype, 'read');
    await to(desired('broken'));
    await to(desired('broken'));
    expect(fetches).toHaveBeenCalledTimes(1);
    await to(desired('one', { revision: 2 }));
    expect(fetches).toHaveBeenCalledTimes(2);
    table.lease('shapes').release();
    fetches.mockRestore();
  });

  it('drops a version that nobody wants any more when it is loaded', async () => {
    const { table, sessions, desired, reconcile } = slice();
    let wanted = [desired('one')];
    let open = (): void => undefined;
    sessions.gate = new Promise((resolve) => (open = resolve));
    const loading = reconcile.execute(() => wanted);
    await settled();
    wanted = [desired('two', { revision: 2, version: 2 })];
    open();
    await loading;
    expect(sessions.alive).toEqual([]);
    await reconcile.execute(() => wanted);
    expect(sessions.alive).toEqual(['two']);
    table.lease('shapes').release();
  });

  it('serves what a deployment of the same name and revision has now, when it was made anew in between', async () => {
    const { table, sessions, desired, to } = slice();
    await to(desired('one'));
    await to(desired('two', { version: 7 }));
    expect(sessions.alive).toEqual(['two']);
    const lease = table.lease('shapes');
    expect(lease.model.label).toBe('shapes/7');
    lease.release();
  });

  it('forgets a deployment that is gone, and its model with it', async () => {
    const { table, models, sessions, desired, to } = slice();
    table.markReconciled();
    await to(desired('one'));
    await to();
    expect(sessions.alive).toEqual([]);
    expect(models.size).toBe(0);
    expect(() => table.lease('shapes')).toThrow('There is no deployment "shapes".');
  });

  it('follows the default deployment without loading anything', async () => {
    const { table, sessions, desired, to } = slice();
    table.markReconciled();
    const one = desired('one');
    await to(one);
    expect(() => table.lease()).toThrow('There is no default deployment.');
    await to({ ...one, isDefault: true });
    table.lease().release();
    expect(sessions.opened).toHaveLength(1);
  });
});

describe('DeploymentTable', () => {
  const codeOf = (attempt: () => unknown): string => {
    try {
      attempt();
    } catch (error) {
      return (error as AppError).code;
    }
    return 'none';
  };

  it('says of an unknown name that it may yet come, until the first reconcile', () => {
    const table = new DeploymentTable();
    expect(codeOf(() => table.lease('shapes'))).toBe('NOT_READY');
    table.markReconciled();
    expect(codeOf(() => table.lease('shapes'))).toBe('NOT_FOUND');
  });

  it('says why a deployment cannot answer', async () => {
    const { table, desired, to } = slice();
    table.add('loading', 1, false);
    expect(() => table.lease('loading')).toThrow('Deployment "loading" cannot answer: it is still loading.');
    await to(desired('broken'));
    expect(() => table.lease('shapes')).toThrow('its version could not be loaded: broken is no model');
  });
});
