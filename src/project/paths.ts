import type { PlatformPath } from 'node:path';
import * as native from 'node:path';

/**
 * Whether two paths name the same file, however each tool writes it: on Windows with / or \ and the drive in capitals or
 * not.
 */
export function samePath(a: string, b: string, path: PlatformPath = native): boolean {
  return normal(a, path) === normal(b, path);
}

function normal(text: string, path: PlatformPath): string {
  const resolved = path.resolve(text);
  return path.sep === '\\' ? resolved.replace(/^[a-z]:/, (drive) => drive.toUpperCase()) : resolved;
}

/** A path as records hold it: from the folder `from`, with / between its parts on every platform. */
export function recordedPath(from: string, to: string, path: PlatformPath = native): string {
  return path.relative(from, to).split(path.sep).join('/');
}
