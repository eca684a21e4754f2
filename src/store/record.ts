import { canonical, type Json, sha256 } from '../core/canonical.ts';
import { InputError, InvariantError } from '../core/errors.ts';
import { decodeTensors, encodeTensors, type Tensor } from '../core/safetensors.ts';

/** Of the store and of each record in it. */
export const FORMAT = '1';

/** What a run leaves behind, under its kind and the key that names all that determines it. */
export interface StoredRecord {
  readonly kind: string;
  readonly key: string;
  readonly data: Json;
  readonly tensors: Readonly<Record<string, Tensor>>;
}

function metadataOf(record: StoredRecord): Record<string, string> {
  return { format: FORMAT, kind: record.kind, key: record.key, data: canonical(record.data) };
}

/** SHA-256 over the encoded record without its digest. */
export function digestOf(record: StoredRecord): string {
  return sha256(encodeTensors({ metadata: metadataOf(record), tensors: record.tensors }));
}

/** A record as one safetensors file with its digest in the metadata. */
export function encodeRecord(record: StoredRecord): Uint8Array {
  const metadata = { ...metadataOf(record), digest: digestOf(record) };
  return encodeTensors({ metadata, tensors: record.tensors });
}

/** Throws `InvariantError` on a tensor that holds a number that is not finite. */
export function refuseNotFinite({ kind, key, tensors }: StoredRecord): void {
  for (const [name, { values }] of Object.entries(tensors)) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) throw new InvariantError(`${name}[${at}] of record ${kind}/${key} is ${values[at]}`);
  }
}

/** Throws `InputError` unless `bytes` are exactly what `encodeRecord` gives for the record that they hold. */
export function decodeRecord(bytes: Uint8Array, kind: string, key: string): StoredRecord {
  const { metadata, tensors } = decodeTensors(bytes);
  const record = { kind, key, data: parsed(metadata['data']), tensors };
  if (!Buffer.from(encodeRecord(record)).equals(bytes)) {
    throw new InputError(`not the record ${kind}/${key}`, {
      expected: `format ${FORMAT}, kind ${kind}, key ${key}, digest ${digestOf(record)}`,
      got: canonical({ ...metadata, data: undefined }),
      todo: 'compute the record again',
    });
  }
  return record;
}

/**
 * The data of a record as the metadata of its file says, or undefined where it is no record of this kind and key: nothing here
 * shows that the file is sound.
 */
export function claimedData(metadata: Readonly<Record<string, string>>, kind: string, key: string): Json | undefined {
  const fits = metadata['format'] === FORMAT && metadata['kind'] === kind && metadata['key'] === key;
  return fits ? parsed(metadata['data']) : undefined;
}

function parsed(text: string | undefined): Json {
  try {
    return JSON.parse(text ?? '');
  } catch {
    const parts = { expected: 'JSON in the metadata entry data', got: String(text), todo: 'compute the record again' };
    throw new InputError('not a record of a run store', parts);
  }
}
