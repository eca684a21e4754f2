import { expect, test } from 'vitest';
import { crc32c, eventFile } from './tensorboard.ts';

test('event files are framed with the checksums that TensorBoard asks for', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  const file = Buffer.from(
    eventFile({
      trajectory: [
        { step: 0, success: 0.5, loss: null },
        { step: 3, success: 1, loss: 2 },
      ],
    }),
  );
  const lengths: number[] = [];
  for (let at = 0; at < file.length; at += 16 + (lengths.at(-1) as number)) {
    lengths.push(Number(file.readBigUInt64LE(at)));
    const unmasked = (value: number): number => {
      const turned = (value - 0xa282ead8) >>> 0;
      return ((turned >>> 17) | (turned << 15)) >>> 0;
    };
    const length = lengths.at(-1) as number;
    expect(unmasked(file.readUInt32LE(at + 8))).toBe(crc32c(file.subarray(at, at + 8)));
    expect(unmasked(file.readUInt32LE(at + 12 + length))).toBe(crc32c(file.subarray(at + 12, at + 12 + length)));
  }
  expect(lengths).toHaveLength(4);
});
