import { OutputTail } from './output-tail';

it('gives whole lines as they come, and keeps the last five with what is unfinished', () => {
  const tail = new OutputTail();
  expect(tail.push(Buffer.from('one\ntw'))).toEqual(['one']);
  expect(tail.push(Buffer.from('o\n\n3\n4\n5\n6\nhal'))).toEqual(['two', '3', '4', '5', '6']);
  expect(tail.lines()).toEqual(['two', '3', '4', '5', '6', 'hal']);
});

it('cuts lines that are too long to be read', () => {
  const tail = new OutputTail();
  tail.push(Buffer.from(`${'x'.repeat(10_000)}\n${'y'.repeat(10_000)}`));
  expect(tail.lines().map((line) => line.length)).toEqual([300, 300]);
});
