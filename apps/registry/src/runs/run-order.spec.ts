import { parseRunOrder } from './run-order';

it.each([
  ['startedAt', { by: { attribute: 'startedAt' }, direction: 'asc' }],
  ['createdAt DESC', { by: { attribute: 'createdAt' }, direction: 'desc' }],
  ['metrics.val_loss asc', { by: { metric: 'val_loss' }, direction: 'asc' }],
  ['metrics.a b/c desc', { by: { metric: 'a b/c' }, direction: 'desc' }],
  ['params.lr', { by: { param: 'lr' }, direction: 'asc' }],
] as const)('reads %s', (text, order) => {
  expect(parseRunOrder(text)).toEqual(order);
});

it.each(['', 'color', 'metrics.', 'tags.a', 'name sideways', 'name; drop table runs'])(
  'refuses %j',
  (text) => {
    expect(() => parseRunOrder(text)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED' }) as Error,
    );
  },
);
