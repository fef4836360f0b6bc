import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ROOT } from '../setup/paths.mjs';
import { findHelm } from './find-helm.mjs';
import { brokenPolicies } from './policies.mjs';
import { CHARTS, parseYaml, Rendering, SERVICES } from './rendering.mjs';

const found = await findHelm({ say: (line) => process.stderr.write(`${line}\n`) });
const folder = mkdtempSync(join(tmpdir(), 'modelyard-charts-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const rendering = found.helm === undefined ? undefined : new Rendering(found.helm, folder);
rendering?.resolveDependencies();

/** A test that Helm is needed for; without Helm it is skipped, and says why. */
const withHelm = (name, body) =>
  test(name, (t) => (rendering === undefined ? t.skip(found.missing) : body()));

const named = (objects, kind, service) =>
  objects.find((object) => object.kind === kind && object.metadata.name === `test-${service}`);
const containerOf = (deployment) => deployment.spec.template.spec.containers[0];
const environmentOf = (deployment) =>
  Object.fromEntries(containerOf(deployment).env.map(({ name, ...rest }) => [name, rest]));

for (const chart of CHARTS) {
  withHelm(`${chart}: Helm finds nothing to complain about, and the objects keep the policies`, () => {
    const lint = rendering.run('lint', '--strict', chart, ...Rendering.valuesOf(chart));
    assert.ok(lint.ok, lint.error);
    const objects = rendering.objects(chart);
    const deployments = objects.filter(({ kind }) => kind === 'Deployment');
    assert.equal(deployments.length, chart === 'modelyard' ? SERVICES.length : 1);
    assert.deepEqual(brokenPolicies(objects), []);
  });

  withHelm(`${chart}: a misspelt value is refused by its name`, () => {
    const at = chart === 'modelyard' ? 'gateway.' : '';
    for (const [path, name] of [
      ['replica=3', 'replica'],
      ['config.LOG_LEVLE=debug', 'LOG_LEVLE'],
      ['image.tags=1', 'tags'],
      ['shutdown.graceSecond=1', 'graceSecond'],
    ]) {
      const { ok, error } = rendering.run(
        'template',
        chart,
        ...Rendering.valuesOf(chart),
        '--set',
        at + path,
      );
      assert.equal(ok, false, path);
      assert.match(error, new RegExp(`additional properties '${name}' not allowed`), path);
    }
  });
}

withHelm('the umbrella refuses what it does not know, and the tag that says nothing', () => {
  const refused = (value) =>
    rendering.run('template', 'modelyard', ...Rendering.valuesOf('modelyard'), '--set', value);
  assert.match(refused('gatewey.replicas=2').error, /additional properties 'gatewey' not allowed/);
  assert.match(
    refused('global.existingSecrets=x').error,
    /additional properties 'existingSecrets' not allowed/,
  );
  assert.equal(refused('gateway.image.tag=latest').ok, false);
  assert.equal(refused('gateway.config.GATEWAY_RATE_BURST=0').ok, false);
});

withHelm('what must be given is asked for in words', () => {
  const { error } = rendering.run('template', 'modelyard');
  assert.match(error, /comes from a Secret: set existingSecret|set artifactStore\.url/);
  const folderWithoutVolume = ['--set', 'existingSecret=s', '--set', 'artifactStore.url=file:///data'];
  assert.match(
    rendering.run('template', 'registry', ...folderWithoutVolume).error,
    /set artifactStore\.existingClaim/,
  );
});

withHelm(
  'the services of one release find each other, and get the secrets that they need and no others',
  () => {
    const objects = rendering.objects('modelyard');
    const gateway = environmentOf(named(objects, 'Deployment', 'gateway'));
    for (const [variable, service] of [
      ['REGISTRY_URL', 'registry'],
      ['INFERENCE_URL', 'inference'],
    ]) {
      const url = new URL(gateway[variable].value);
      assert.equal(url.hostname, named(objects, 'Service', service).metadata.name);
      assert.equal(Number(url.port), named(objects, 'Service', service).spec.ports[0].port);
    }
    const secretsOf = (service) =>
      Object.entries(environmentOf(named(objects, 'Deployment', service)))
        .filter(([, { valueFrom }]) => valueFrom !== undefined)
        .map(([name]) => name)
        .sort();
    const s3 = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
    assert.deepEqual(secretsOf('gateway'), ['INTERNAL_TOKEN_SECRET']);
    assert.deepEqual(secretsOf('training'), [...s3, 'INTERNAL_TOKEN_SECRET', 'REDIS_URL']);
    assert.deepEqual(secretsOf('registry'), [
      'ADMIN_API_KEY',
      ...s3,
      'DATABASE_URL',
      'INTERNAL_TOKEN_SECRET',
      'REDIS_URL',
    ]);
  },
);

withHelm('selectors hold nothing that changes with a version, and pick the pods of one service alone', () => {
  const objects = rendering.objects('modelyard');
  for (const service of SERVICES) {
    const selector = { 'app.kubernetes.io/name': service, 'app.kubernetes.io/instance': 'test' };
    const deployment = named(objects, 'Deployment', service);
    assert.deepEqual(deployment.spec.selector.matchLabels, selector);
    assert.deepEqual(named(objects, 'Service', service).spec.selector, selector);
    const labels = deployment.spec.template.metadata.labels;
    for (const [name, value] of Object.entries(selector)) assert.equal(labels[name], value);
  }
});

withHelm('Kubernetes waits for longer than a service takes to stop', () => {
  const args = ['preStopSeconds=3', 'drainSeconds=7', 'graceSeconds=40'].flatMap((value) => [
    '--set',
    `shutdown.${value}`,
  ]);
  const deployment = named(rendering.objects('gateway', ...args), 'Deployment', 'gateway');
  const environment = environmentOf(deployment);
  assert.equal(environment.SHUTDOWN_DRAIN_MS.value, '7000');
  assert.equal(environment.SHUTDOWN_GRACE_MS.value, '40000');
  assert.deepEqual(containerOf(deployment).lifecycle, { preStop: { sleep: { seconds: 3 } } });
  const closing = 5; // what stop-app.ts grants after the grace
  assert.ok(deployment.spec.template.spec.terminationGracePeriodSeconds > 3 + 7 + 40 + closing);
});

withHelm('numbers reach the services as they were written, and secrets from where they are', () => {
  const gateway = environmentOf(
    named(
      rendering.objects('gateway', '--set', 'config.GATEWAY_MAX_BODY_BYTES=67108864'),
      'Deployment',
      'gateway',
    ),
  );
  assert.equal(gateway.GATEWAY_MAX_BODY_BYTES.value, '67108864');
  const registry = environmentOf(named(rendering.objects('registry'), 'Deployment', 'registry'));
  assert.deepEqual(registry.DATABASE_URL.valueFrom.secretKeyRef, { name: 'postgres-app', key: 'uri' });
  assert.equal(registry.ADMIN_API_KEY.valueFrom.secretKeyRef.optional, true);
  const inference = named(rendering.objects('inference'), 'Deployment', 'inference');
  assert.ok(
    containerOf(inference).volumeMounts.some(({ mountPath }) => mountPath === '/var/lib/modelyard/artifacts'),
  );
});

withHelm('GPU values give training a GPU, where GPUs are, and leave the others alone', () => {
  const objects = rendering.objects('modelyard', '-f', 'modelyard/values-gpu.yaml');
  const { nodeSelector, tolerations, containers } = named(objects, 'Deployment', 'training').spec.template
    .spec;
  assert.equal(containers[0].resources.limits['nvidia.com/gpu'], 1);
  assert.equal(nodeSelector['modelyard.dev/pool'], 'gpu');
  assert.ok(tolerations.some(({ key }) => key === 'nvidia.com/gpu'));
  assert.match(containers[0].image, /-gpu$/);
  assert.deepEqual(brokenPolicies(objects), []);
  assert.equal(named(objects, 'Deployment', 'gateway').spec.template.spec.nodeSelector, undefined);
});

test('each chart takes the variables that its service reads, secrets and what the chart sets itself excepted', () => {
  const setByChart = new Set(
    'NODE_ENV HOST PORT SHUTDOWN_DRAIN_MS SHUTDOWN_GRACE_MS REGISTRY_URL INFERENCE_URL ARTIFACT_STORE_URL'.split(
      ' ',
    ),
  );
  // Of the image, of the pod, and of a disk that no pod has.
  const senseless = new Set(['SOURCE_COMMIT', 'REPLICA_ID', 'ADMIN_KEY_FILE']);
  const page = readFileSync(join(ROOT, 'docs/CONFIGURATION.md'), 'utf8');
  for (const service of SERVICES) {
    const section = page.split(/^## /m).find((part) => part.startsWith(`${service}\n`));
    const rows = [...section.matchAll(/^\| `(\w+)`\s*\| (.*)$/gm)].map(([, name, rest]) => ({
      name,
      secret: rest.includes('Secret.'),
    }));
    const { properties } = JSON.parse(
      readFileSync(join(ROOT, 'charts', service, 'values.schema.json'), 'utf8'),
    );
    const names = (secret) => rows.filter((row) => row.secret === secret).map(({ name }) => name);
    assert.deepEqual(
      Object.keys(properties.config.properties).sort(),
      names(false)
        .filter((name) => !setByChart.has(name) && !senseless.has(name))
        .sort(),
      `charts/${service}/values.schema.json: config`,
    );
    assert.deepEqual(
      Object.keys(properties.secretRefs.properties).sort(),
      names(true).sort(),
      `${service}: secretRefs`,
    );
  }
});

test('the pools make the nodes that the GPU values look for', () => {
  const read = (path) => parseYaml(readFileSync(join(ROOT, path), 'utf8'));
  const { nodeSelector, tolerations } = read('charts/modelyard/values-gpu.yaml')[0].training;
  const pool = read('kubernetes/gpu-node-pools/eks-karpenter.yaml').find(({ kind }) => kind === 'NodePool');
  assert.deepEqual(pool.spec.template.metadata.labels, nodeSelector);
  for (const taint of pool.spec.template.spec.taints) {
    assert.ok(
      tolerations.some(({ key, operator }) => key === taint.key && operator === 'Exists'),
      taint.key,
    );
  }
});

test('the policies refuse what they are about', () => {
  const container = {
    name: 'c',
    image: 'example/app:latest',
    env: [{ name: 'DATABASE_URL', value: 'postgres://' }],
  };
  const bad = [
    { kind: 'Secret', metadata: { name: 's' } },
    {
      kind: 'Deployment',
      metadata: { name: 'd' },
      spec: { template: { spec: { hostNetwork: true, containers: [container] } } },
    },
  ];
  const sentences = brokenPolicies(bad);
  for (const word of [
    'operator',
    'token',
    'not root',
    'seccomp',
    'host',
    'read-only',
    'privileges',
    'capabilities',
  ]) {
    assert.ok(
      sentences.some((sentence) => sentence.includes(word)),
      word,
    );
  }
  for (const word of [
    'request CPU',
    'limit its memory',
    'version or digest',
    'lives',
    'ready',
    'by reference',
  ]) {
    assert.ok(
      sentences.some((sentence) => sentence.includes(word)),
      word,
    );
  }
});
