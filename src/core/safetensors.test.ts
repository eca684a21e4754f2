import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError, InvariantError } from './errors.ts';
import { decodeTensors, encodeTensors } from './safetensors.ts';

const SEED = 20260101;

function fileOf(header: unknown, dataBytes: number): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const file = Buffer.alloc(8 + text.length + dataBytes);
  file.writeBigUInt64LE(BigInt(text.length));
  file.set(text, 8);
  return file;
}

const vector = (length: number, begin: number, end: number, dtype = 'F32'): object => ({
  dtype,
  shape: [length],
  data_offsets: [begin, end],
});

test('decoding gives back what was encoded, bit by bit', () => {
  const values = fc.oneof(
    fc.float32Array({ maxLength: 20 }).map((array) => Float32Array.from(array)),
    fc.int32Array({ maxLength: 20 }).map((array) => Int32Array.from(array)),
  );
  const tensors = fc.dictionary(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    values.map((array) => ({ shape: [1, array.length], values: array })),
  );
  const metadata = fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(fc.record({ metadata, tensors }, { noNullPrototype: true }), (content) => {
      const decoded = decodeTensors(encodeTensors(content));
      expect(Object.entries(decoded.metadata).sort()).toEqual(Object.entries(content.metadata).sort());
      expect(Object.keys(decoded.tensors).sort()).toEqual(Object.keys(content.tensors).sort());
      for (const [name, { shape, values }] of Object.entries(content.tensors)) {
        const twin = decoded.tensors[name]!;
        expect(twin.shape).toEqual(shape);
        expect(twin.values.constructor).toBe(values.constructor);
        expect(Buffer.from(twin.values.buffer).equals(Buffer.from(values.buffer))).toBe(true);
      }
    }),
    { seed: SEED, numRuns: 200 },
  );
});

test('the bytes are those of the published format', () => {
  const file = Buffer.from(
    encodeTensors({ metadata: { a: 'b' }, tensors: { x: { shape: [2], values: Float32Array.of(1, -2) } } }),
  );
  const header = '{"__metadata__":{"a":"b"},"x":{"data_offsets":[0,8],"dtype":"F32","shape":[2]}}';
  const padded = Math.ceil(header.length / 8) * 8;
  expect(file.readBigUInt64LE()).toBe(BigInt(padded));
  expect(file.toString('utf8', 8, 8 + padded)).toBe(header.padEnd(padded));
  expect(file.toString('hex', 8 + padded)).toBe('0000803f000000c0');
});

test('a scalar and an empty tensor keep their shapes', () => {
  const tensors = {
    scalar: { shape: [], values: Int32Array.of(-7) },
    empty: { shape: [0, 3], values: new Float32Array(0) },
  };
  expect(decodeTensors(encodeTensors({ metadata: {}, tensors })).tensors).toEqual(tensors);
});

test('a slice of a larger array is encoded alone', () => {
  const values = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
  const decoded = decodeTensors(encodeTensors({ metadata: {}, tensors: { x: { shape: [2], values } } }));
  expect(decoded.tensors['x']?.values).toEqual(Float32Array.of(2, 3));
});

test('a shape that does not match its values is refused', () => {
  const tensors = { x: { shape: [2, 2], values: new Float32Array(3) } };
  expect(() => encodeTensors({ metadata: {}, tensors })).toThrow(InvariantError);
});

test.each<[string, Uint8Array]>([
  ['shorter than the length field', new Uint8Array(7)],
  ['header beyond the end', fileOf({}, 0).subarray(0, 9)],
  ['header length of 2^64 - 1', new Uint8Array(16).fill(255)],
  ['header that is not JSON', fileOf('{', 0)],
  ['header that is a list', fileOf([], 0)],
  ['metadata that is not text', fileOf({ __metadata__: { a: 1 } }, 0)],
  ['unknown dtype', fileOf({ x: vector(1, 0, 8, 'F64') }, 8)],
  ['unknown member', fileOf({ x: { ...vector(1, 0, 4), y: 1 } }, 4)],
  ['offsets that do not match the shape', fileOf({ x: vector(2, 0, 4) }, 4)],
  ['offsets beyond the end', fileOf({ x: vector(2, 0, 8) }, 4)],
  ['overlap', fileOf({ x: vector(2, 0, 8), y: vector(2, 4, 12) }, 12)],
  ['gap', fileOf({ x: vector(1, 0, 4), y: vector(1, 8, 12) }, 12)],
  ['bytes after the last tensor', fileOf({ x: vector(1, 0, 4) }, 5)],
])('decoding refuses: %s', (_, file) => {
  expect(() => decodeTensors(file)).toThrow(InputError);
});
