import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Json, sha256 } from '../core/canonical.ts';
import { encodeTensors } from '../core/safetensors.ts';
import { decodeRecord, encodeRecord, FORMAT } from './record.ts';

const tensors = { x: { shape: [2], values: Int32Array.of(3, 4) } };
const place = { kind: 'run', key: 'k' };

test('any record is what its bytes say, whatever its keys and texts', () => {
  const data = fc.dictionary(fc.oneof(fc.string({ unit: 'binary' }), fc.nat().map(String)), fc.jsonValue());
  fc.assert(
    fc.property(data, (value) => {
      const bytes = encodeRecord({ ...place, data: value as Json, tensors });
      const { data: read } = decodeRecord(bytes, 'run', 'k');
      expect(Buffer.from(encodeRecord({ ...place, data: read, tensors })).equals(bytes)).toBe(true);
    }),
    { seed: 1 },
  );
});

test.each([
  '{"b":1,"a":2}',
  '{"c":[{"b":1,"a":2}]}',
  '{"a": 1}',
  '{"a":1.0}',
  '{"2":1,"10":2}',
])('data that is not canonical JSON is refused, also under its own digest: %s', (data) => {
  const metadata = { format: FORMAT, ...place, data };
  const digest = sha256(encodeTensors({ metadata, tensors }));
  const bytes = encodeTensors({ metadata: { ...metadata, digest }, tensors });
  expect(() => decodeRecord(bytes, 'run', 'k')).toThrow(/not the record run\/k/);
});
