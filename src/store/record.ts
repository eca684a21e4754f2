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

/** A record with its data as canonical JSON. */
type WrittenRecord = Omit<StoredRecord, 'data'> & { readonly data: string };

const written = (record: StoredRecord): WrittenRecord => ({ ...record, data: canonical(record.data) });

const metadataOf = ({ kind, key, data }: WrittenRecord): Record<string, string> => ({
  format: FORMAT,
  kind,
  key,
  data,
});

const digestOfWritten = (record: WrittenRecord): string =>
  sha256(encodeTensors({ metadata: metadataOf(record), tensors: record.tensors }));

function encodeWritten(record: WrittenRecord): Uint8Array {
  const metadata = { ...metadataOf(record), digest: digestOfWritten(record) };
  return encodeTensors({ metadata, tensors: record.tensors });
}

/** SHA-256 over the encoded record without its digest. */
export const digestOf = (record: StoredRecord): string => digestOfWritten(written(record));

/** A record as one safetensors file with its digest in the metadata. */
export const encodeRecord = (record: StoredRecord): Uint8Array => encodeWritten(written(record));

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
  const { data: text = '' } = metadata;
  const record = { kind, key, data: parsed(text), tensors };
  const encoded = isCanonical(text, record.data) ? encodeWritten({ ...record, data: text }) : encodeRecord(record);
  if (!Buffer.from(encoded).equals(bytes)) {
    throw new InputError(`not the record ${kind}/${key}`, {
      expected: `format ${FORMAT}, kind ${kind}, key ${key}, digest ${digestOf(record)}`,
      got: canonical({ ...metadata, data: undefined }),
      todo: 'compute the record again',
    });
  }
  return record;
}

/**
 * Whether a text is the canonical JSON of what it says, found without making that: JSON as node prints it is canonical where the
 * keys of every object are sorted. False of some that are, too.
 */
const isCanonical = (text: string, value: Json): boolean => JSON.stringify(value) === text && isSorted(value);

function isSorted(value: Json): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (!Array.isArray(value) && Object.keys(value).some((key, i, keys) => i > 0 && key < (keys[i - 1] as string)))
    return false;
  return Object.values(value).every(isSorted);
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
