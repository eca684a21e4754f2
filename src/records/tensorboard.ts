import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Observation } from '../lab/keys.ts';

/**
 * Training curves of one run as a TensorBoard event file: scalars `success` and `loss` by step. Records are framed as
 * TFRecord (length, masked CRC-32C of it, data, masked CRC-32C of that); wall times are 0, so that the same run gives the same
 * bytes. Source: tensorflow/core/util/event.proto and summary.proto, tensorflow/core/lib/io/record_writer.cc.
 */
export function eventFile({ trajectory }: Pick<Observation, 'trajectory'>): Uint8Array {
  const version = new BinaryWriter().tag(3, WireType.LengthDelimited).string('brain.Event:2').finish();
  const events = trajectory.flatMap(({ step, success, loss }) => [
    scalar('success', step, success),
    ...(loss === null ? [] : [scalar('loss', step, loss)]),
  ]);
  return Buffer.concat([version, ...events].map(framed));
}

/** Event { step = 2, summary = 5 { value = 1 { tag = 1, simple_value = 2 } } }. */
function scalar(tag: string, step: number, value: number): Uint8Array {
  const one = new BinaryWriter()
    .tag(1, WireType.LengthDelimited)
    .string(tag)
    .tag(2, WireType.Bit32)
    .float(value)
    .finish();
  const summary = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(one).finish();
  return new BinaryWriter()
    .tag(2, WireType.Varint)
    .int64(step)
    .tag(5, WireType.LengthDelimited)
    .bytes(summary)
    .finish();
}

function framed(data: Uint8Array): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  const sum = (bytes: Uint8Array): Buffer => {
    const buffer = Buffer.alloc(4);
    buffer.writeUInt32LE(masked(crc32c(bytes)));
    return buffer;
  };
  return Buffer.concat([length, sum(length), data, sum(data)]);
}

const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;

/** CRC-32C (Castagnoli, reflected polynomial 0x82f63b78). Check value: '123456789' gives 0xe3069283. */
export function crc32c(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0x82f63b78 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
