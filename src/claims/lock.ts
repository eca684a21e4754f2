import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lock } from 'proper-lockfile';

/** A lock without a sign of life for so long belongs to nobody; its holder gives one every `UPDATE_MS`. */
const STALE_MS = 20_000;
const UPDATE_MS = 3_000;
const POLL_MS = 100;
const SAY_AFTER_MS = 2_000;

/**
 * Does `work` while no other process that asks for the same lock does its own, and gives what it gives. The lock is a folder
 * at `path`, absent when nobody holds it. Waits for the holder, and says so on `say` after two seconds; what a killed process
 * held is free after 20 s. Throws what `work` throws, and the error of the file system where there can be no lock.
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
  // Of a lock that was lost while the event loop stood still, nothing is left to give back.
  let lost = false;
  const options = { lockfilePath: path, realpath: false, stale: STALE_MS, update: UPDATE_MS };
  const onCompromised = (): void => {
    lost = true;
  };
  for (;;) {
    try {
      const unlock = await lock(path, { ...options, onCompromised });
      return async () => {
        if (!lost) await unlock();
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
    }
    if (!said && Date.now() - start > SAY_AFTER_MS) {
      said = true;
      say(`waiting for another process, which holds ${path}`);
    }
    await sleep(POLL_MS);
  }
}
