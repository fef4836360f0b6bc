import type { ContractReport, DataContract, ImageRule } from '@modelyard/contracts';
import { checkContract } from '../check/check-contract';
import { NOW, openRoom } from '../testing/staged';
import type { Room } from '../testing/staged';

describe('rules of images', () => {
  let room: Room;
  beforeAll(async () => {
    room = await openRoom();
    await room.engine.run(
      `create table staged("row" bigint, label varchar, split varchar, name varchar, width integer, height integer,
        channels integer, format varchar, digest blob, part integer, pos integer)`,
    );
    await room.engine.run(
      `insert into staged values (0, 'cat', null, 'cat/1.png', 32, 24, 1, 'png', 'a', 0, 0),
        (1, 'dog', null, 'dog/1.jpg', 64, 48, 3, 'jpeg', 'b', 0, 1),
        (2, 'dog', null, 'dog/2.png', 8, 200, 4, 'PNG', 'b', 0, 2)`,
    );
  });
  afterAll(() => room.close());

  const check = (contract: Partial<DataContract>): Promise<ContractReport> =>
    checkContract(room.engine, {
      relation: 'staged',
      kind: 'image',
      contract: { kind: 'image', policy: 'reject', ...contract },
      now: NOW,
    });

  it.each<[ImageRule, string, string, [number, string][]]>([
    [{ minimumWidth: 32 }, 'at least 32 pixels', 'the width is below 32 pixels', [[2, 'dog/2.png: 8 x 200']]],
    [{ maximumWidth: 63 }, 'at most 63 pixels', 'the width is above 63 pixels', [[1, 'dog/1.jpg: 64 x 48']]],
    [
      { minimumHeight: 48 },
      'at least 48 pixels',
      'the height is below 48 pixels',
      [[0, 'cat/1.png: 32 x 24']],
    ],
    [
      { maximumHeight: 48 },
      'at most 48 pixels',
      'the height is above 48 pixels',
      [[2, 'dog/2.png: 8 x 200']],
    ],
    [{ channels: [1, 4] }, '1, 4 channels', 'the number of channels is none of 1, 4', [[1, 'dog/1.jpg: 3']]],
    [
      { formats: ['png', 'WebP'] },
      'one of png, WebP',
      'the format is none of png, WebP',
      [[1, 'dog/1.jpg: jpeg']],
    ],
  ])('%j', async (image, expected, message, examples) => {
    const { outcome, violations } = await check({ image });
    expect(outcome).toBe('rejected');
    expect(violations).toEqual([
      {
        rule: `image.${Object.keys(image)[0]}`,
        message: `One row: ${message}.`,
        scope: 'row',
        count: examples.length,
        expected,
        examples: examples.map(([row, value]) => ({ row, value })),
      },
    ]);
  });

  it('passes images that keep them', async () => {
    const image: ImageRule = {
      minimumWidth: 8,
      maximumWidth: 64,
      minimumHeight: 24,
      maximumHeight: 200,
      channels: [1, 3, 4],
      formats: ['png', 'jpeg'],
    };
    await expect(
      check({ image, classes: { allowed: ['cat', 'dog'] }, duplicates: { maximumShare: 0.4 } }),
    ).resolves.toEqual({ outcome: 'passed', policy: 'reject', rows: 3, quarantinedRows: 0, violations: [] });
  });

  it('finds images of equal pixels and classes', async () => {
    await expect(check({ duplicates: { maximumShare: 0 } })).resolves.toMatchObject({
      violations: [{ rule: 'duplicates.maximumShare', count: 1, examples: [{ row: 2, value: '' }] }],
    });
  });

  it('counts the classes that remain when bad images are kept aside', async () => {
    const classes = { required: ['cat'] };
    await expect(
      check({ policy: 'quarantine', image: { channels: [3, 4] }, classes }),
    ).resolves.toMatchObject({
      outcome: 'rejected',
      violations: [{ rule: 'image.channels' }, { rule: 'classes.required' }],
    });
  });
});
