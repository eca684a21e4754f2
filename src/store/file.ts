import * as fs from 'node:fs';
import type { Json } from '../core/canonical.ts';
import { decodeMetadata } from '../core/safetensors.ts';

/** Times of files are no finer than this on any file system: what was written since may still look the same. */
const COARSEST_MS = 2_000;

/** What a file was when it was read: its inode, size and times, which another content does not share. */
interface Stamp {
  readonly text: string;
  /** Whether it was old enough then for every later change to show in its times. */
  readonly settled: boolean;
}

/** The bytes of a file, with its stamp from before they were read. */
interface Stamped {
  readonly bytes: Uint8Array;
  readonly stamp: Stamp;
}

/** The bytes of a file with its stamp; none of a folder in its place. Throws the error of the file system. */
export function readStamped(path: string, readBytes: (handle: number) => Uint8Array = fs.readFileSync): Stamped {
  return opened(path, (handle) => {
    const stats = fs.fstatSync(handle, { bigint: true });
    return { stamp: stampOf(stats), bytes: stats.isFile() ? readBytes(handle) : new Uint8Array() };
  });
}

/** The metadata of a safetensors file, of which its head alone is read. Throws as `decodeMetadata`, and the error of the file system. */
export function readHead(path: string): Readonly<Record<string, string>> {
  return opened(path, (handle) => {
    const stats = fs.fstatSync(handle);
    return decodeMetadata(stats.isFile() ? stats.size : 0, (from, to) => {
      const bytes = Buffer.alloc(to - from);
      return bytes.subarray(0, fs.readSync(handle, bytes, 0, bytes.length, from));
    });
  });
}

function opened<T>(path: string, use: (handle: number) => T): T {
  const handle = fs.openSync(path, 'r');
  try {
    return use(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Data of records that this process has verified, by the path of their files. */
const verified = new Map<string, { readonly stamp: Stamp; readonly data: Json }>();

/** Remembers the data of a file that was verified; not of one that is so young that a later change might not show. */
export function rememberData(path: string, stamp: Stamp, data: Json): void {
  if (stamp.settled) verified.set(path, { stamp, data });
}

/** The data of a file that this process has verified, if it is still the same file; undefined otherwise. */
export function rememberedData(path: string): Json | undefined {
  const known = verified.get(path);
  if (known === undefined) return undefined;
  const now = fs.statSync(path, { bigint: true, throwIfNoEntry: false });
  if (now !== undefined && stampOf(now).text === known.stamp.text) return known.data;
  verified.delete(path);
  return undefined;
}

function stampOf({ ino, size, mtimeNs, ctimeNs, mtimeMs, ctimeMs }: fs.BigIntStats): Stamp {
  const newestMs = Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs);
  return { text: [mtimeNs, ctimeNs, ino, size].join('-'), settled: Date.now() - newestMs > COARSEST_MS };
}
