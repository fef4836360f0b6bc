import type { ImageCheckpoint } from './checkpoint';
import { zipOf } from '../testing/packed';
import { pngOf } from '../testing/pictures';
import { StagingRoom } from '../testing/staging-room';

describe('stageImages after it was broken off', () => {
  it('goes on from any checkpoint to what it would have come to', async () => {
    const room = await StagingRoom.open();
    const names = Array.from({ length: 11 }, (_, i) => `${i % 2 === 0 ? 'cat' : 'dog'}/${String(i)}.png`);
    const pictures = await Promise.all(names.map(async (name, i) => [name, await pngOf(i)] as const));
    const broken = ['dog/broken.png', Buffer.from('no')] as const;
    const set = room.file('pets.zip', await zipOf(Object.fromEntries([...pictures, broken])));
    const options = { badRows: 'quarantine' as const, partBytes: 3 * 48 };
    const all = 'select * from staged order by row';
    const whole = await room.stage([set], options);
    const [rows, content] = [await room.engine.rows(all), await room.pixels(whole)];

    const checkpoints: ImageCheckpoint[] = [];
    await room.stage([set], options, {
      onCheckpoint: (reached) => Promise.resolve(void checkpoints.push(structuredClone(reached))),
    });
    expect(checkpoints).toHaveLength(4);
    for (const checkpoint of checkpoints) {
      const plain = JSON.parse(JSON.stringify(checkpoint)) as ImageCheckpoint;
      const resumed = await room.stage([set], { ...options, checkpoint: plain });
      expect({ ...resumed, parts: [] }).toEqual({ ...whole, parts: [] });
      await expect(room.engine.rows(all)).resolves.toEqual(rows);
      await expect(room.pixels(resumed)).resolves.toEqual(content);
      await expect(room.engine.rows('select file from rejects')).resolves.toEqual([
        { file: 'pets.zip/dog/broken.png' },
      ]);
    }
    room.close();
  });
});
