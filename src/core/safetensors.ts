import { z } from 'zod';
import { canonical } from './canonical.ts';
import { InputError, InvariantError } from './errors.ts';

/** `values` in row-major order; its length is the product of `shape`. Float32Array is F32, Int32Array is I32. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** What one safetensors file holds: named tensors and a map of strings. */
interface TensorFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, Tensor>>;
}

const METADATA = '__metadata__';
const LENGTH_BYTES = 8;
const VALUE_BYTES = 4;

const size = z.number().int().nonnegative();
const descriptor = z.strictObject({
  dtype: z.enum(['F32', 'I32']),
  shape: z.array(size),
  data_offsets: z.tuple([size, size]),
});
const metadataMap = z.record(z.string(), z.string());

/**
 * Encodes tensors as a safetensors file: 8-byte little-endian header length, JSON header padded with spaces to a
 * multiple of 8 bytes, then the values of all tensors (little-endian, by name, without gaps). Equal content gives
 * equal bytes. Throws `InvariantError` when a shape does not match its values.
 * Source: https://github.com/huggingface/safetensors (format); needs a little-endian machine.
 */
export function encodeTensors({ metadata, tensors }: TensorFile): Uint8Array {
  const header: Record<string, unknown> = { [METADATA]: metadata };
  const names = Object.keys(tensors).sort();
  let end = 0;
  for (const name of names) {
    const { shape, values } = tensors[name]!;
    if (name === METADATA) throw new InvariantError(`a tensor cannot be named ${METADATA}`);
    if (volume(shape) !== values.length) {
      throw new InvariantError(`tensor ${name} has shape [${shape}] but ${values.length} values`);
    }
    const begin = end;
    end += values.byteLength;
    const dtype = values instanceof Float32Array ? 'F32' : 'I32';
    header[name] = { dtype, shape, data_offsets: [begin, end] };
  }
  const text = Buffer.from(canonical(header));
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const file = Buffer.alloc(LENGTH_BYTES + headerBytes + end, ' ');
  file.writeBigUInt64LE(BigInt(headerBytes));
  file.set(text, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerBytes;
  for (const name of names) {
    const { values } = tensors[name]!;
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}

/**
 * Decodes a safetensors file into freshly allocated arrays. Accepts F32 and I32 only.
 * Throws `InputError` when the header length, the JSON, a descriptor, a shape or an offset is wrong, and when the
 * tensors overlap or leave bytes uncovered.
 */
export function decodeTensors(file: Uint8Array): TensorFile {
  const view = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const { header, metadata, dataStart } = headOf(view.length, (from, to) => view.subarray(from, to));
  header.delete(METADATA);
  const described = [...header].map(([name, value]) => ({ name, ...valid(descriptor, value, `tensor ${name}`) }));
  described.sort((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]);
  const data = view.subarray(dataStart);
  const tensors: [string, Tensor][] = [];
  let covered = 0;
  for (const { name, dtype, shape, data_offsets } of described) {
    const [begin, end] = data_offsets;
    if (begin !== covered) throw broken(`tensor ${name} to begin at byte ${covered}`, `begin ${begin}`);
    if (end - begin !== volume(shape) * VALUE_BYTES || end > data.length) {
      throw broken(
        `tensor ${name} of shape [${shape}] within ${data.length} bytes of data`,
        `offsets ${begin} to ${end}`,
      );
    }
    const { buffer } = Uint8Array.from(data.subarray(begin, end));
    tensors.push([name, { shape, values: dtype === 'F32' ? new Float32Array(buffer) : new Int32Array(buffer) }]);
    covered = end;
  }
  if (covered !== data.length) throw broken(`${covered} bytes of data`, `${data.length} bytes`);
  return { metadata, tensors: Object.fromEntries(tensors) };
}

/**
 * The map of strings in a safetensors file of `size` bytes, of which `bytesBetween` gives those of its head: none of a tensor
 * is asked for, and nothing of them is checked. Throws `InputError` where the head is not one.
 */
export function decodeMetadata(
  size: number,
  bytesBetween: (from: number, to: number) => Uint8Array,
): Readonly<Record<string, string>> {
  return headOf(size, bytesBetween).metadata;
}

function headOf(size: number, bytesBetween: (from: number, to: number) => Uint8Array) {
  if (size < LENGTH_BYTES) throw broken('at least 8 bytes', `${size} bytes`);
  const headerBytes = Buffer.from(bytesBetween(0, LENGTH_BYTES)).readBigUInt64LE();
  if (headerBytes > BigInt(size - LENGTH_BYTES)) {
    throw broken(`a header that ends within the ${size} bytes`, `a header of ${headerBytes} bytes`);
  }
  const dataStart = LENGTH_BYTES + Number(headerBytes);
  const header = parseHeader(bytesBetween(LENGTH_BYTES, dataStart));
  return { header, dataStart, metadata: valid(metadataMap, header.get(METADATA) ?? {}, METADATA) };
}

function parseHeader(bytes: Uint8Array): Map<string, unknown> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return new Map(Object.entries(z.record(z.string(), z.unknown()).parse(JSON.parse(text))));
  } catch (error) {
    throw broken('a JSON object as header', error instanceof Error ? error.message : String(error));
  }
}

function valid<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw broken(`a well-formed ${what}`, z.prettifyError(parsed.error));
  return parsed.data;
}

function volume(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function broken(expected: string, got: string): InputError {
  return new InputError('not a readable safetensors file', { expected, got, todo: 'replace or recompute the file' });
}
