import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file in one piece: who reads it sees the old content or the new one, never a part. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
}
