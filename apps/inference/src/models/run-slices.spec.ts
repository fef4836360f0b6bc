import { RunSlices } from './run-slices';

describe('RunSlices', () => {
  it('begins with one row, and takes as many as fit into ten milliseconds', () => {
    const slices = new RunSlices();
    expect(slices.rows).toBe(1);
    slices.observe(1, 2);
    expect(slices.rows).toBe(5);
    slices.observe(5, 2.5);
    expect(slices.rows).toBe(20);
  });

  it('believes the fastest run: a slow one may have waited for the machine', () => {
    const slices = new RunSlices();
    slices.observe(10, 1);
    slices.observe(10, 500);
    expect(slices.rows).toBe(100);
  });

  it('takes one row of a model that is slower than that', () => {
    const slices = new RunSlices();
    slices.observe(1, 300);
    expect(slices.rows).toBe(1);
  });
});
