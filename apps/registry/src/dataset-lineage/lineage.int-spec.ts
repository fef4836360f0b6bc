import type { DatasetLineage, ModelLineage } from '@modelyard/contracts';
import { Importer } from '../testing/importer';
import { people } from '../testing/people';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { addDerivedVersion, addTableVersion } from '../testing/table-version';
import { Trainer } from '../testing/trainer';

describe('lineage', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => (registry = await RegistryUnderTest.start()));
  afterAll(() => registry.stop());

  const ofData = (version: string): Promise<DatasetLineage> =>
    registry.ok('GET', `/api/v1/datasets/${version}/lineage`);
  const ofModel = (version: string): Promise<ModelLineage> =>
    registry.ok('GET', `/api/v1/models/${version}/lineage`);

  it('leads from an import to versions, from versions to models, and to what serves them', async () => {
    const { importId } = await new Importer(registry).import({ name: 'flowers' });
    await expect(ofData('flowers/versions/1')).resolves.toMatchObject({
      import: { id: importId, source: 'an upload' },
      children: [],
      runs: [],
      modelVersions: [],
      deployments: [],
    });

    const job = await new Trainer(registry).train('iris', 'Production');
    await registry.ok('POST', '/api/v1/deployments', {
      name: 'served',
      target: { model: 'iris', stage: 'Production' },
    });
    const lineage = await ofData('iris/versions/latest');
    expect(lineage).toMatchObject({
      dataset: 'iris',
      version: 1,
      runs: [{ id: job.id, name: 'iris-logistic', status: 'finished', trainingJobId: job.id }],
      modelVersions: [{ model: 'iris', version: 1, stage: 'Production', runId: job.id }],
      deployments: [{ name: 'served', model: 'iris', version: 1 }],
    });
    expect(lineage).not.toHaveProperty('parent');
    await expect(ofModel('iris/versions/1')).resolves.toEqual({
      model: 'iris',
      version: 1,
      stage: 'Production',
      run: { id: job.id, name: 'iris-logistic', status: 'finished', trainingJobId: job.id },
      dataset: { name: 'iris', version: 1, digest: lineage.digest, deleted: false, ancestors: [] },
      deployments: [{ name: 'served' }],
    });
  });

  it('knows the versions that a version was made from, over several steps', async () => {
    const first = await addTableVersion(registry, 'people', people());
    const filter = '`height, "m"` is not null and country is not null';
    const second = await addDerivedVersion(registry, first, { filter });
    const third = await addDerivedVersion(registry, second, { drop: [0] });
    await addDerivedVersion(registry, second, { relabel: [{ row: 0, label: '2' }] }, 'relabel');
    await expect(ofData('people/versions/2')).resolves.toMatchObject({
      parent: { version: 1, operation: 'filter' },
      children: [
        { version: 3, operation: 'filter' },
        { version: 4, operation: 'relabel' },
      ],
    });

    const trainer = new Trainer(registry);
    const { id } = await trainer.submit({
      dataset: { name: 'people', version: third.version },
      register: { model: 'grades', stage: 'None' },
    });
    await trainer.start(id);
    await trainer.say(id, 'succeed', await trainer.success('grades', 'None'));
    const { dataset } = await ofModel('grades/versions/1');
    expect(dataset?.ancestors).toEqual([
      { version: 2, operation: 'filter' },
      { version: 1, operation: 'filter' },
    ]);
    await expect(ofData('people/versions/3')).resolves.toMatchObject({
      modelVersions: [{ model: 'grades', version: 1, stage: 'None', runId: id }],
    });
  });

  it.each(['datasets/none/versions/1', 'datasets/people/versions/99', 'models/none/versions/1'])(
    'is not known of %s',
    async (path) => {
      expect((await registry.call('GET', `/api/v1/${path}/lineage`)).status).toBe(404);
    },
  );
});
