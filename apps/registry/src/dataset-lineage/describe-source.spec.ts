import { describeSource } from './describe-source';

it('names the source and no secret', () => {
  expect(
    [
      { type: 'upload', uploads: [{ id: 'a' }] } as const,
      { type: 'upload', uploads: [{ id: 'a' }, { id: 'b' }] } as const,
      { type: 'url', url: 'https://me:secret@data.example/a.csv?token=secret#x', sha256: '' } as const,
      { type: 'url', url: 'nonsense', sha256: '' } as const,
      { type: 'well-known', name: 'mnist' } as const,
      { type: 'derive', changes: { filter: 'a > 1', drop: [1] } } as const,
    ].map((source) => describeSource(source as Parameters<typeof describeSource>[0])),
  ).toEqual([
    'an upload',
    '2 uploads',
    'https://data.example/a.csv',
    'a URL',
    'mnist',
    'changes: filter, drop',
  ]);
});
