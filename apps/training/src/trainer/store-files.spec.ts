import { InMemoryBlobs } from '../testing/in-memory-blobs';
import { artifactsOf, storeFiles } from './store-files';

it('stores every file, and lists them as artifacts with their media types', async () => {
  const blobs = new InMemoryBlobs();
  const files = await storeFiles(
    blobs,
    new Map([
      ['MLmodel', Buffer.from('a')],
      ['model.onnx', Buffer.from('bb')],
      ['README.md', Buffer.from('c')],
      ['signature.json', Buffer.from('{}')],
    ]),
  );
  expect([...blobs.content.keys()]).toEqual(files.map(({ sha256 }) => sha256));
  expect(artifactsOf(files, 'model/').map(({ path, size, mediaType }) => [path, size, mediaType])).toEqual([
    ['model/MLmodel', 1, 'application/yaml'],
    ['model/model.onnx', 2, 'application/octet-stream'],
    ['model/README.md', 1, 'text/markdown'],
    ['model/signature.json', 2, 'application/json'],
  ]);
});
