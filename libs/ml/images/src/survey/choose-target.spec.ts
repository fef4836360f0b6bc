import { UnreadableData } from '@modelyard/contracts';
import { chooseTarget } from './choose-target';

const size = (width: number, height: number, images = 1) => ({ width, height, images });

describe('chooseTarget', () => {
  it('keeps a size that all images have', () => {
    expect(chooseTarget([size(300, 400)], true)).toEqual({
      width: 300,
      height: 400,
      channels: 1,
      fit: 'cover',
    });
  });

  it('takes the most frequent size, made smaller to 224', () => {
    expect(chooseTarget([size(10, 10, 2), size(448, 224, 3)], false)).toMatchObject({
      width: 224,
      height: 112,
    });
  });

  it('does not depend on the order of sizes', () => {
    const sizes = [size(8, 4), size(4, 8), size(4, 4)];
    expect(chooseTarget(sizes, false)).toEqual(chooseTarget([...sizes].reverse(), false));
    expect(chooseTarget(sizes, false)).toMatchObject({ width: 4, height: 4 });
  });

  it('makes large images smaller though all have one size', () => {
    expect(chooseTarget([size(4_096, 2_048)], false)).toMatchObject({ width: 1_024, height: 512 });
  });

  it('derives the side that is not asked for', () => {
    expect(chooseTarget([size(200, 100)], false, { width: 50 })).toMatchObject({ width: 50, height: 25 });
  });

  it.each([
    [{ width: 1_025 }, /image\.width is 1025/],
    [{ height: 0 }, /image\.height is 0/],
    [{ width: 1_000 }, /image\.height would be 10000, from the other side/],
  ])('refuses %j', (options, message) => {
    const choose = () => chooseTarget([size(100, 1_000)], false, options);
    expect(choose).toThrow(UnreadableData);
    expect(choose).toThrow(message);
  });
});
