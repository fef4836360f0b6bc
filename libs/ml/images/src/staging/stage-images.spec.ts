import { gzipSync } from 'node:zlib';
import { tarGzOf, zipOf } from '../testing/packed';
import { idxOf, pixelsOf, pngOf } from '../testing/pictures';
import { StagingRoom } from '../testing/staging-room';

describe('stageImages', () => {
  let room: StagingRoom;
  beforeAll(async () => (room = await StagingRoom.open()));
  afterAll(() => room.close());

  async function pictures(folders: string[]): Promise<Record<string, Buffer>> {
    const entries = folders.map(async (name, i): Promise<[string, Buffer]> => [name, await pngOf(i)]);
    return Object.fromEntries(await Promise.all(entries));
  }

  it('gives the same samples from a zip, a tar.gz and single files, whatever their order', async () => {
    const files = await pictures(['train/cat/1.png', 'train/dog/1.png', 'test/cat/1.png', 'test/dog/2.png']);
    const zipped = await room.stage([room.file('pets.zip', await zipOf(files))]);
    const expected = await room.content();
    const backwards = Object.fromEntries(Object.entries(files).reverse());
    await room.stage([room.file('pets.tar.gz', tarGzOf(backwards))]);
    await expect(room.content()).resolves.toEqual(expected);
    await room.stage(
      Object.entries(files).map(([name, content]) => room.file(name, content)),
      { format: 'images' },
    );
    await expect(room.content()).resolves.toEqual(expected);
    expect(zipped).toMatchObject({ shape: [4, 4, 3], rows: 4, rejected: 0, problems: [], warnings: [] });
    expect(expected).toHaveLength(4);
    expect(expected[0]).toMatch(/^cat test [0-9A-F]{32}$/);
  });

  it('reads IDX files with their labels and splits', async () => {
    const pixels = pixelsOf(7, 2, 3 * 5, 1);
    const staged = await room.stage(
      [
        room.file('t10k-labels-idx1-ubyte', idxOf([5], Buffer.from([3, 1, 4, 1, 5]))),
        room.file('t10k-images-idx3-ubyte.gz', gzipSync(idxOf([5, 3, 2], pixels))),
      ],
      { format: 'idx' },
    );
    expect(staged).toMatchObject({ shape: [3, 2, 1], rows: 5 });
    await expect(room.pixels(staged)).resolves.toEqual(pixels);
    await expect(
      room.engine.rows('select row, label, split, name from staged where row = 2'),
    ).resolves.toEqual([{ row: 2, label: '4', split: 'test', name: 't10k-images-idx3-ubyte#2' }]);
  });
});
