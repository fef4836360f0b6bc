import * as fc from 'fast-check';
import { Writer } from 'protobufjs/light';
import { describeOnnx, exportNetwork, OnnxFormatError } from '../index';
import { exampleNetwork } from '../testing/example-network';

const model = exportNetwork(exampleNetwork());

/** A message of fields: a number is a varint, the rest is length-delimited. */
function message(...fields: [id: number, value: number | string | Uint8Array][]): Uint8Array {
  const writer = Writer.create();
  for (const [id, value] of fields) {
    if (typeof value === 'number') writer.uint32(id * 8).int64(value);
    else if (typeof value === 'string') writer.uint32(id * 8 + 2).string(value);
    else writer.uint32(id * 8 + 2).bytes(value);
  }
  return writer.finish();
}

const opset = message([1, ''], [2, 17]);
const output = message([1, 'y']);

/** A model around the fields of a graph, with all that every model needs. */
function modelOf(...graph: [number, number | string | Uint8Array][]): Uint8Array {
  return message([1, 8], [8, opset], [7, message(...graph, [12, output])]);
}

describe('describeOnnx', () => {
  it('sizes the initialisers', () => {
    const { initializers, nodeCount } = describeOnnx(model);
    expect(initializers).toContainEqual({
      name: 'conv/kernel',
      type: 'float32',
      shape: [4, 2, 3, 3],
      bytes: 288,
      external: false,
    });
    expect(nodeCount).toBe(9);
  });

  it('counts the nodes inside branches and loop bodies', () => {
    const inner = message([1, message([4, 'Relu'])]);
    const branch = message([1, 'then_branch'], [6, inner]);
    const both = message([1, 'bodies'], [11, inner], [11, inner]);
    const node = message([4, 'If'], [7, 'custom'], [5, branch], [5, both]);
    const { operators, nodeCount } = describeOnnx(modelOf([1, node]));
    expect(operators).toEqual([
      { domain: '', type: 'Relu', count: 3 },
      { domain: 'custom', type: 'If', count: 1 },
    ]);
    expect(nodeCount).toBe(4);
  });

  it('says which data lies in other files', () => {
    const tensor = message([1, 1_000_000], [2, 1], [8, 'big'], [14, 1]);
    expect(describeOnnx(modelOf([5, tensor])).initializers).toEqual([
      { name: 'big', type: 'float32', shape: [1_000_000], bytes: 0, external: true },
    ]);
  });

  it('reads packed and unpacked dimensions, open shapes and other types', () => {
    const packed = message([1, Uint8Array.of(2, 0x80, 0x01)], [2, 7], [8, 'p']);
    const open = message([1, 'x'], [2, message([1, message([1, 1])])]);
    const dims = message([1, message([1, 5])], [1, message([2, 'n'])], [1, message()]);
    const shaped = message([1, 'z'], [2, message([1, message([1, 99], [2, dims])])]);
    const list = message([1, 's'], [2, message([4, message()])]);
    const { inputs, initializers } = describeOnnx(modelOf([5, packed], [11, open], [11, shaped], [11, list]));
    expect(initializers[0]).toMatchObject({ shape: [2, 128], type: 'int64' });
    expect(inputs).toEqual([
      { name: 'x', type: 'float32', shape: undefined },
      { name: 'z', type: 'type 99', shape: [5, 'n', null] },
      { name: 's', type: 'sequence', shape: undefined },
    ]);
  });

  it('does not take the constants for inputs, as old files list them', () => {
    const tensor = message([2, 1], [8, 'w'], [9, new Uint8Array(4)]);
    const values = [message([1, 'x']), message([1, 'w'])] as const;
    const { inputs } = describeOnnx(modelOf([5, tensor], [11, values[0]], [11, values[1]]));
    expect(inputs.map(({ name }) => name)).toEqual(['x']);
  });

  it('copies no weights', () => {
    const name = 'x'.repeat(10);
    const tensor = message([1, 4_000_000], [2, 2], [8, name], [9, new Uint8Array(4_000_000)]);
    const before = process.memoryUsage().arrayBuffers;
    const bytes = modelOf([5, tensor]);
    const made = process.memoryUsage().arrayBuffers;
    expect(describeOnnx(bytes).initializers[0]?.bytes).toBe(4_000_000);
    expect(made - before).toBeGreaterThan(3_000_000);
    expect(process.memoryUsage().arrayBuffers - made).toBeLessThan(3_000_000);
  });
});

describe('describeOnnx refuses', () => {
  const deep = (depth: number): Uint8Array =>
    depth === 0 ? message([4, 'Relu']) : message([4, 'If'], [5, message([6, message([1, deep(depth - 1)])])]);
  const tensor = (...fields: [number, number | Uint8Array][]): Uint8Array => modelOf([5, message(...fields)]);

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'it has no IR version'],
    ['text', Buffer.from('<!DOCTYPE html><html></html>'), 'Not a readable ONNX model'],
    ['a ZIP', Buffer.from('PK\u0003\u0004rest'), 'Not a readable ONNX model'],
    ['half a model', model.subarray(0, model.length / 2), 'cut off'],
    ['no operator set', message([1, 8], [7, message()]), 'it imports no operator set'],
    ['no graph', message([1, 8], [8, opset]), 'it has no graph'],
    ['no output', message([1, 8], [8, opset], [7, message()]), 'has no output'],
    ['a node without operator', modelOf([1, message([1, 'x'])]), 'a node has no operator'],
    ['a graph that is a number', message([1, 8], [8, opset], [7, 1]), 'field 7 should be a message'],
    ['a version that is a message', message([1, 'x']), 'field 1 should be an integer'],
    ['a long name', message([2, 'x'.repeat(4097)]), 'has 4097 bytes of text'],
    ['a name that is no UTF-8', message([2, Uint8Array.of(0xff)]), 'is not UTF-8'],
    ['a group', Uint8Array.of(0x0b), 'unknown wire type 3'],
    ['field 0', Uint8Array.of(0x00, 0x00), 'the number 0'],
    ['an endless number', new Uint8Array(12).fill(0xff), 'longer than ten bytes'],
    ['a number that is cut off', Uint8Array.of(0x08, 0x80), 'a number is cut off'],
    ['a huge number', message([1, 2 ** 60]), 'beyond 2^53'],
    ['deep graphs', modelOf([1, deep(20)]), 'nested too deeply'],
    ['very deep graphs', modelOf([1, deep(500)]), 'nested too deeply'],
    ['a negative dimension', tensor([1, -2], [2, 1]), 'negative dimension'],
    ['many dimensions', tensor([1, new Uint8Array(65).fill(1)], [2, 1]), 'too many entries'],
    [
      'too few bytes',
      tensor([1, 2], [2, 1], [9, new Uint8Array(4)]),
      'holds 4 bytes, but float32 [2] needs 8',
    ],
  ])('%s', (_, bytes, reason) => {
    expect(() => describeOnnx(bytes)).toThrow(OnnxFormatError);
    expect(() => describeOnnx(bytes)).toThrow(reason);
  });

  it('or reads whatever it is given, with no other error', () => {
    const attempt = (bytes: Uint8Array): void => {
      try {
        describeOnnx(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(OnnxFormatError);
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), attempt), { numRuns: 500 });
    const edits = fc.array(fc.tuple(fc.nat(model.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(edits, (changes) => {
        const damaged = Uint8Array.from(model);
        for (const [index, value] of changes) damaged[index] = value;
        attempt(damaged);
      }),
      { numRuns: 500 },
    );
  });
});
