import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * Uploads files as a tus client does, in one request each, and imports them as one version.
 * @param {import('../../demo/api.mjs').Api} api
 * @param {{ path: string, split?: string }[]} files
 * @returns {Promise<{ uploadSeconds: number, importSeconds: number, bytes: number, version: number }>}
 *   `importSeconds`: from the request to the end of the job
 */
export async function importFiles(api, name, files, options = {}) {
  const started = performance.now();
  const uploads = [];
  let bytes = 0;
  for (const { path, split } of files) {
    const { size } = statSync(path);
    bytes += size;
    uploads.push({ id: await upload(api, path, size), ...(split === undefined ? {} : { split }) });
  }
  const uploaded = performance.now();
  const source = { type: 'upload', uploads };
  const { id } = await api.post('/api/v1/datasets', { name, source, ...options });
  for await (const event of api.events(`/api/v1/dataset-imports/${id}/events`)) void event;
  const ended = performance.now();
  const done = await api.get(`/api/v1/dataset-imports/${id}`);
  if (done.status !== 'succeeded') {
    throw new Error(`The import of ${name} ${done.status}: ${JSON.stringify(done.error)}`);
  }
  return {
    uploadSeconds: (uploaded - started) / 1000,
    importSeconds: (ended - uploaded) / 1000,
    bytes,
    version: done.result.version,
  };
}

async function upload(api, path, size) {
  const metadata = `filename ${Buffer.from(basename(path)).toString('base64')}`;
  const tus = { authorization: `Bearer ${api.key}`, 'tus-resumable': '1.0.0' };
  const created = await fetch(`${api.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(size), 'upload-metadata': metadata },
  });
  if (created.status !== 201)
    throw new Error(`POST /api/v1/uploads: ${created.status} ${await created.text()}`);
  const location = new URL(created.headers.get('location'), api.url);
  const sent = await fetch(location, {
    method: 'PATCH',
    headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: createReadStream(path),
    duplex: 'half',
  });
  if (sent.status !== 204) throw new Error(`PATCH ${location.pathname}: ${sent.status} ${await sent.text()}`);
  return location.pathname.split('/').pop();
}
