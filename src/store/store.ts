import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { canonical, type Json } from '../core/canonical.ts';
import { InputError, InvariantError } from '../core/errors.ts';
import { writeSynced, writeWhole } from '../core/whole-file.ts';
import { codeOf, explained } from './faults.ts';
import { readHead, readStamped, rememberData, rememberedData } from './file.ts';
import { type Lease, lookAt, takeLease } from './lease.ts';
import { realPlace, removeOldTemporaries } from './place.ts';
import {
  claimedData,
  decodeRecord,
  digestOf,
  encodeRecord,
  FORMAT,
  refuseNotFinite,
  type StoredRecord,
} from './record.ts';

/** The part of a record that has to be computed. */
export type RecordContent = Pick<StoredRecord, 'data' | 'tensors'>;

/**
 * `report` hears what happened to damaged files (default: a line on stderr), `held` which process made an attempt end 'busy';
 * `beforeWrite` throws where nothing may be written any more; `writeBytes` puts a new file on disk, `readBytes` gives all of one.
 */
interface StoreOptions {
  readonly report?: (message: string) => void;
  readonly held?: (by: string) => void;
  readonly beforeWrite?: () => void;
  readonly writeBytes?: (path: string, bytes: string | Uint8Array) => void;
  readonly readBytes?: (handle: number) => Uint8Array;
}

/** Immutable records in one folder, shared by any number of processes. */
export interface Store {
  /** The record, or undefined. A damaged file is reported, moved to `set-aside/` and counts as absent. */
  read(kind: string, key: string): StoredRecord | undefined;
  /** Whether there is a file for the record: nothing of it is read, and only reading tells whether it is sound. */
  has(kind: string, key: string): boolean;
  /**
   * The data of the record, verified with its tensors as `read` does. A file that this process has verified is not read again as
   * long as it is the same by inode, size and times.
   */
  data(kind: string, key: string): Json | undefined;
  /**
   * What the head of the file says is the record's data, undefined where it says none. Neither its digest nor its tensors are
   * looked at: to choose records by, never to judge by.
   */
  peek(kind: string, key: string): Json | undefined;
  /**
   * Writes a new record. Throws `InvariantError` when another content is there or a number is not finite, `InputError`
   * when it cannot write.
   */
  write(record: StoredRecord): void;
  /** The record, made by `make` if absent; waits while another process makes it. */
  obtain(kind: string, key: string, make: () => Promise<RecordContent>): Promise<StoredRecord>;
  /**
   * The records of several keys, in their order. `make` gets the places in `keys` of those that are absent, and makes them
   * all, in that order. 'busy' at once, with nothing made, when another process is making one of them.
   */
  attempt(
    kind: string,
    keys: readonly string[],
    make: (absent: readonly number[]) => Promise<readonly RecordContent[]>,
  ): Promise<StoredRecord[] | 'busy'>;
}

const MARKER = 'spillover-store.json';
const MARKER_TEXT = `${canonical({ format: FORMAT })}\n`;
const POLL_MS = 100;

/**
 * Opens the run store in `folder`, creating it when absent or empty. Records are
 * `<folder>/records/<kind>/<key>.safetensors`, written by temporary file, fsync and rename, and verified by SHA-256.
 * A store that cannot be written can be read. Throws `InputError` when the path is a file, a foreign folder, in the folder of the
 * reports, not there and cannot be made, or a store of another format.
 */
export function openStore(folder: string, options: StoreOptions = {}): Store {
  const { report = (message) => process.stderr.write(`${message}\n`), writeBytes = writeSynced } = options;
  const { held = () => {}, beforeWrite = () => {}, readBytes } = options;
  translated(folder, () => prepare(folder, writeBytes));

  const pathOf = (kind: string, key: string): string =>
    join(folder, 'records', named(kind), `${named(key)}.safetensors`);

  const setAside = (kind: string, key: string, reason: string): void => {
    const target = join(folder, 'set-aside', `${kind}-${key}-${randomUUID()}.safetensors`);
    let place = `moved to ${target}, it will be computed again`;
    try {
      fs.mkdirSync(dirname(target), { recursive: true });
      fs.renameSync(pathOf(kind, key), target);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return;
      const fault = explained(folder, error);
      if (!(fault instanceof InputError)) throw fault;
      place = `counts as absent and stays where it is, since ${folder} cannot be written`;
    }
    report(`damaged record ${kind}/${key} ${place}: ${reason}`);
  };

  const read = (kind: string, key: string): StoredRecord | undefined => {
    const path = pathOf(kind, key);
    const file = ifPresent(folder, () => readStamped(path, readBytes));
    if (file === undefined) return undefined;
    try {
      const record = decodeRecord(file.bytes, kind, key);
      rememberData(resolve(path), file.stamp, record.data);
      return record;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      setAside(kind, key, error.message);
      return undefined;
    }
  };

  const write = (record: StoredRecord): void => {
    const path = pathOf(record.kind, record.key);
    const present = read(record.kind, record.key);
    if (present === undefined) {
      refuseNotFinite(record);
      beforeWrite();
      translated(folder, () => writeWhole(path, encodeRecord(record), writeBytes));
      return;
    }
    const [kept, offered] = [digestOf(present), digestOf(record)];
    if (kept === offered) return;
    throw new InvariantError(
      `record ${record.kind}/${record.key} is not deterministic: ${kept} is stored and kept, ${offered} was computed`,
    );
  };

  const tryObtain = async (
    kind: string,
    keys: readonly string[],
    make: (absent: readonly number[]) => Promise<readonly RecordContent[]>,
  ): Promise<StoredRecord[] | { readonly heldBy: string }> => {
    if (new Set(keys).size < keys.length) throw new InvariantError(`one ${kind} is asked for twice at once`);
    const found = new Map<string, StoredRecord>();
    const missing = (): number[] =>
      keys.flatMap((key, i) => {
        const record = found.get(key) ?? read(kind, key);
        if (record !== undefined) found.set(key, record);
        return record === undefined ? [i] : [];
      });
    const leases: Lease[] = [];
    try {
      // In one order for all: of two processes that want the same ones, the first to come gets all of them.
      const names = missing()
        .map((i) => `${named(kind)}.${named(keys[i] as string)}`)
        .sort();
      lookAt(join(folder, 'leases'), names);
      for (const name of names) {
        const taken = await takeLease(join(folder, 'leases'), name, report).catch((error) => {
          throw explained(folder, error);
        });
        if ('heldBy' in taken) return taken;
        leases.push(taken.lease);
      }
      const late = missing();
      if (late.length > 0) {
        const made = await make(late);
        if (made.length !== late.length) throw new InvariantError(`${late.length} records wanted, ${made.length} made`);
        late.forEach((i, at) => {
          write({ kind, key: keys[i] as string, ...(made[at] as RecordContent) });
        });
      }
      return keys.map((key) => {
        const record = found.get(key) ?? read(kind, key);
        if (record === undefined) throw new InvariantError(`record ${kind}/${key} is gone right after it was written`);
        return record;
      });
    } finally {
      await Promise.allSettled(leases.map((lease) => lease.release()));
    }
  };

  return {
    read,
    has: (kind, key) => fs.existsSync(pathOf(kind, key)),
    data: (kind, key) => rememberedData(resolve(pathOf(kind, key))) ?? read(kind, key)?.data,
    peek: (kind, key) => {
      try {
        const metadata = ifPresent(folder, () => readHead(pathOf(kind, key)));
        return metadata && claimedData(metadata, kind, key);
      } catch (error) {
        // Damaged, which reading tells of.
        if (error instanceof InputError) return undefined;
        throw error;
      }
    },
    write,
    async obtain(kind, key, make) {
      for (let waits = 0; ; waits += 1) {
        const result = await tryObtain(kind, [key], async () => [await make()]);
        if (!('heldBy' in result)) return result[0] as StoredRecord;
        if (waits === 10) report(`waiting for record ${kind}/${key}, held by ${result.heldBy}`);
        await sleep(POLL_MS);
      }
    },
    async attempt(kind, keys, make) {
      const result = await tryObtain(kind, keys, make);
      if (!('heldBy' in result)) return result;
      held(result.heldBy);
      return 'busy';
    },
  };
}

function prepare(folder: string, writeBytes: (path: string, bytes: string | Uint8Array) => void): void {
  realPlace(folder);
  makeFolder(resolve(folder));
  // List first, look for the marker second: a store that another process creates meanwhile is never taken for foreign.
  const foreign = fs.readdirSync(folder).find((entry) => !entry.startsWith(MARKER));
  const marker = join(folder, MARKER);
  if (!fs.existsSync(marker)) {
    if (foreign !== undefined) {
      throw new InputError(`${folder} is not a run store`, {
        expected: 'a run store, an empty folder or a new path',
        got: `a folder without ${MARKER} that holds ${foreign}`,
        todo: 'choose another folder; nothing was changed in this one',
      });
    }
    writeWhole(marker, Buffer.from(MARKER_TEXT), writeBytes);
  }
  const text = fs.readFileSync(marker, 'utf8');
  if (text !== MARKER_TEXT) {
    throw new InputError(`${folder} is a run store of another format`, {
      expected: MARKER_TEXT.trim(),
      got: text.trim(),
      todo: 'use the version of spillover that wrote it, or choose another folder',
    });
  }
  const place = resolve(folder);
  if (tidied.has(place)) return;
  tidied.add(place);
  removeOldTemporaries(folder);
}

/** Stores in which this process has looked for what killed writers left: it goes through every folder, and claims open a store each. */
const tidied = new Set<string>();

/** Makes a folder and those above it. One by one: `recursive` never ends in /proc, where a folder is but none can be made in it. */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    // Another process was faster, unless what is there is no folder.
    if (codeOf(error) !== 'EEXIST' || !fs.existsSync(folder)) throw error;
  }
}

/** What is read of a file; undefined when there is nothing. */
function ifPresent<T>(folder: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw explained(folder, error);
  }
}

function named(part: string): string {
  if (/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/.test(part)) return part;
  throw new InvariantError(`'${part}' cannot name a record: expected up to 100 letters, digits and . _ -`);
}

function translated(folder: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw explained(folder, error);
  }
}
