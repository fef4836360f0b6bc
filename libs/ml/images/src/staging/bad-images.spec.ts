import sharp from 'sharp';
import { UnreadableData } from '@modelyard/contracts';
import { ImageError } from '../image-error';
import { decodeImage } from '../decoding/decode-image';
import { tarGzOf, zipOf } from '../testing/packed';
import { pngOf } from '../testing/pictures';
import { StagingRoom } from '../testing/staging-room';

/** A PNG file that says that it has this size. */
async function oversized(width: number, height: number): Promise<Buffer> {
  const png = Buffer.from(await pngOf(1));
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

describe('images that cannot be read', () => {
  let room: StagingRoom;
  let files: Record<string, Buffer>;
  beforeAll(async () => {
    room = await StagingRoom.open();
    const good = await pngOf(1);
    files = {
      'cat/good.png': good,
      'dog/good.png': await pngOf(2),
      'dog/cut.png': (await pngOf(3)).subarray(0, 60),
      'dog/empty.png': Buffer.alloc(0),
      'dog/text.jpg': Buffer.from('I am a picture'),
      'dog/vast.png': await oversized(60_000, 60_000),
      'dog/drawing.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'),
    };
  });
  afterAll(() => room.close());

  const reasons = async () => {
    const rows = await room.engine.rows<{ file: string; reason: string }>(
      'select file, reason from rejects order by file',
    );
    return rows.map(({ file, reason }) => `${file}: ${reason}`);
  };

  it('refuse the whole set, each with its reason', async () => {
    const staged = room.stage([room.file('pets.zip', await zipOf(files))]);
    const error = await staged.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableData);
    expect((error as UnreadableData).problemCount).toBe(5);
    expect((error as UnreadableData).problems.map(({ file }) => file).sort()).toEqual([
      'pets.zip/dog/cut.png',
      'pets.zip/dog/drawing.svg',
      'pets.zip/dog/empty.png',
      'pets.zip/dog/text.jpg',
      'pets.zip/dog/vast.png',
    ]);
  });

  it.each(['quarantine', 'warn'] as const)('are kept aside with badRows "%s"', async (badRows) => {
    for (const archive of [await zipOf(files), tarGzOf(files)]) {
      const staged = await room.stage([room.file('pets', archive)], { badRows });
      expect(staged).toMatchObject({ rows: 2, rejected: 5, shape: [4, 4, 3] });
      expect(staged.warnings).toContainEqual(expect.objectContaining({ code: 'dropped-rows', count: 5 }));
      const all = await reasons();
      expect(all).toHaveLength(5);
      expect(all[0]).toMatch(/^pets\/dog\/cut\.png: it is (cut off|damaged)/);
      expect(all).toContainEqual(expect.stringMatching(/vast\.png: it has 60000 × 60000 pixels/));
      expect(all).toContainEqual(expect.stringMatching(/empty\.png: it is empty/));
    }
  });

  it('are all there is: refused whatever badRows says', async () => {
    const { 'dog/cut.png': cut } = files as { 'dog/cut.png': Buffer };
    await expect(
      room.stage([room.file('pets.zip', await zipOf({ 'dog/cut.png': cut }))], { badRows: 'warn' }),
    ).rejects.toThrow(UnreadableData);
  });

  it('never take the memory that their header asks for', async () => {
    for (const side of [33_000, 65_535, 2_000_000_000]) {
      await expect(decodeImage(await oversized(side, side))).rejects.toThrow(ImageError);
    }
    await expect(decodeImage(await oversized(7_000, 7_000))).rejects.toThrow(ImageError);
  });
});

describe('images as people see them', () => {
  const red = { r: 255, g: 0, b: 0 };
  const plain = (channels: 3 | 4, background: sharp.Color) =>
    sharp({ create: { width: 2, height: 2, channels, background } });

  it('are on white where they are transparent', async () => {
    const { pixels } = await decodeImage(
      await plain(4, { ...red, alpha: 0 })
        .png()
        .toBuffer(),
    );
    expect([...pixels]).toEqual(Array(12).fill(255));
  });

  it('have 8 bits', async () => {
    const image = plain(3, { r: 255, g: 128, b: 0 }).toColourspace('rgb16');
    const { pixels } = await decodeImage(await image.png().toBuffer());
    expect([...pixels.subarray(0, 3)]).toEqual([255, 128, 0]);
  });

  it('are turned as their EXIF data say', async () => {
    const raw = Buffer.from([10, 200]); // dark left, light right
    const bytes = await sharp(raw, { raw: { width: 2, height: 1, channels: 1 } })
      .toColourspace('b-w')
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const { pixels, width, height } = await decodeImage(bytes);
    expect({ width, height }).toEqual({ width: 1, height: 2 });
    expect([...pixels]).toEqual([10, 10, 10, 200, 200, 200]);
  });

  it('are the first picture of an animation', async () => {
    const frames = Buffer.concat([Buffer.alloc(12, 255), Buffer.alloc(12, 0)]);
    const bytes = await sharp(frames, { raw: { width: 2, height: 4, channels: 3, pageHeight: 2 } })
      .gif()
      .toBuffer();
    const { pixels, width, height } = await decodeImage(bytes);
    expect({ width, height }).toEqual({ width: 2, height: 2 });
    expect(Math.min(...pixels)).toBeGreaterThan(250);
  });

  it('are what they hold, whatever they are called and whatever follows them', async () => {
    const room = await StagingRoom.open();
    const png = await pngOf(5);
    const polyglot = Buffer.concat([png, await zipOf({ 'evil.txt': Buffer.from('x') })]);
    await room.stage([room.file('a.jpg', png, { label: 'a' })], { format: 'images' });
    const expected = await room.content();
    await room.stage([room.file('b.png', polyglot, { label: 'a' })], { format: 'images' });
    await expect(room.content()).resolves.toEqual(expected);
    room.close();
  });
});
