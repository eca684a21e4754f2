import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Ends the names of files that are being written. */
export const TEMPORARY = '.tmp';

/** Puts a new file on disk, in a folder that nobody looks into yet; it is there when this returns. */
export const writeSynced = (path: string, bytes: string | Uint8Array): void =>
  writeFileSync(path, bytes, { flag: 'wx', flush: true });

/**
 * Writes a file in one piece, also after a crash: who reads it sees the old content or the new one, never a part. Each writer
 * has a temporary file of its own beside it, so that two at once end with the content of one of them. The folder is made where
 * it is absent. Throws the error of the file system, with the old content in place.
 */
export function writeWhole(
  path: string,
  content: string | Uint8Array,
  write: (path: string, bytes: string | Uint8Array) => void = writeSynced,
): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}-${randomUUID()}${TEMPORARY}`;
  try {
    write(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** Asks for a folder's entries to be on disk; where a file system or a platform cannot do that for folders, nothing is lost by it. */
function syncFolder(folder: string): void {
  let handle: number | undefined;
  try {
    handle = openSync(folder, 'r');
    fsyncSync(handle);
  } catch (error) {
    if (
      !['EPERM', 'EISDIR', 'EINVAL', 'EACCES', 'ENOTSUP', 'EBADF'].includes((error as NodeJS.ErrnoException).code ?? '')
    )
      throw error;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
