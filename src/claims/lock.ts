import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from '../store/lease.ts';

const POLL_MS = 100;
const SAY_AFTER_MS = 2_000;

/**
 * Does `work` while no other process that asks for the same lock does its own, and gives what it gives. The lock is a folder
 * at `path`, absent when nobody holds it. Waits for the holder, and says so on `say` after two seconds; what a killed process
 * held is free 20 s after it is first waited for. Throws what `work` throws, and the error of the file system where there can be no lock.
 */
export async function withLock<T>(
  path: string,
  work: () => T | Promise<T>,
  say: (message: string) => void = (message) => process.stderr.write(`${message}\n`),
): Promise<T> {
  const unlock = await acquired(path, say);
  try {
    return await work();
  } finally {
    await unlock();
  }
}

async function acquired(path: string, say: (message: string) => void): Promise<() => Promise<void>> {
  mkdirSync(dirname(path), { recursive: true });
  const start = Date.now();
  let said = false;
  for (;;) {
    const unlock = await tryLock(path, () => say(`${path} was lost while this process stood still`));
    if (unlock !== undefined) return unlock;
    if (!said && Date.now() - start > SAY_AFTER_MS) {
      said = true;
      say(`waiting for another process, which holds ${path} (20 s where it was killed)`);
    }
    await sleep(POLL_MS);
  }
}
