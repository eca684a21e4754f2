import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readlinkSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { lock } from 'proper-lockfile';
import { z } from 'zod';
import { writeWhole } from '../core/whole-file.ts';

/** The right to make one record, held by one process at a time until `release`. */
export interface Lease {
  release(): Promise<void>;
}

/** Either the lease, or who holds it, in words for a message. */
type LeaseAttempt = { readonly lease: Lease } | { readonly heldBy: string };

const STALE_MS = 20_000;
const UPDATE_MS = 3_000;
/** No two clocks that were set differ by as much. */
const OLD_MS = 86_400_000;

const ownerSchema = z.strictObject({ pid: z.number().int().positive(), host: z.string(), token: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/**
 * Takes the lease `name` in `folder`, or says who holds it; never waits for the holder.
 *
 * The lease is a proper-lockfile folder with a heartbeat every 3 s, and beside it an owner file with pid and host. A dead owner
 * on this host loses the lease at once, any other when it has not renewed the lease for 20 s as seen from here. Acquiring happens
 * under a second, short lock (the guard), so that of several processes that find a dead or stale lease only one removes it; without
 * the guard a slow one could remove the fresh lease of a fast one. A process killed inside the guard delays the others up to 20 s.
 *
 * A lease can be lost when the holder blocks its event loop for 20 s, or cannot reach the folder for as long: `report` is told once
 * it sees that, and another process may make the same record. Throws the error of the file system when the folder cannot be written.
 */
export async function takeLease(
  folder: string,
  name: string,
  report: (message: string) => void,
): Promise<LeaseAttempt> {
  mkdirSync(folder, { recursive: true });
  const path = resolve(folder, name);
  const ownerFile = `${path}.owner.json`;
  const guard = await tryLock(`${path}.guard`, () => undefined);
  if (guard === undefined) return { heldBy: describe(readOwner(ownerFile)) };
  try {
    const before = readOwner(ownerFile);
    if (before !== undefined && isDead(before)) {
      removeFolder(`${path}.lock`);
      rmSync(ownerFile, { force: true });
    }
    let lost = false;
    const unlock = await tryLock(`${path}.lock`, (error) => {
      lost = true;
      report(`lost the lease of ${name} (${error.message}); another process may be making the same record`);
    });
    if (unlock === undefined) return { heldBy: describe(before) };
    const owner: Owner = { pid: process.pid, host: thisHost(), token: randomUUID() };
    try {
      writeWhole(ownerFile, JSON.stringify(owner));
    } catch (error) {
      await unlock();
      throw error;
    }
    const release = async (): Promise<void> => {
      // A lease taken over while the event loop was blocked belongs to the other, even before the heartbeat notices.
      if (lost || readOwner(ownerFile)?.token !== owner.token) return;
      rmSync(ownerFile, { force: true });
      await unlock();
    };
    return { lease: { release } };
  } finally {
    await guard();
  }
}

/** Locks of others as we saw them: the time that they bear, and since when we know it, by path. */
const seen = new Map<string, { readonly time: number; readonly since: number }>();

/**
 * Whether the holder of a lock has not renewed it for 20 s as seen from here, since the first call about it. The time that it bears is
 * its holder's and says nothing by itself: clocks of hosts differ, to either side. Only a time of more than a day ago is stale at sight.
 */
function isStale(path: string, now: number): boolean {
  const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const before = seen.get(path);
  if (time === undefined) seen.delete(path);
  else if (before?.time !== time) seen.set(path, { time, since: now });
  if (time === undefined) return false;
  return time < Date.now() - OLD_MS || (before?.time === time && now - before.since > STALE_MS);
}

/** Removes a lock that is stale. */
export function removeStale(path: string, now: number = performance.now()): void {
  if (!isStale(path, now)) return;
  seen.delete(path);
  removeFolder(path);
}

/**
 * Looks at several leases without asking for any, and leaves them: those that nobody renews grow stale at the same time, and not one after
 * another, each only once the one before it was had.
 */
export function lookAt(folder: string, names: readonly string[]): void {
  for (const name of names) isStale(resolve(folder, `${name}.lock`), performance.now());
}

/**
 * Locks `lockfilePath`, a folder with a heartbeat; undefined when another holds it. Unlocking a lock that was lost meanwhile does
 * nothing. A lock that we see without a sign of life for 20 s belongs to nobody, whatever its holder's clock says.
 */
export async function tryLock(
  lockfilePath: string,
  onCompromised: (error: Error) => void,
): Promise<(() => Promise<void>) | undefined> {
  try {
    removeStale(lockfilePath);
    const options = { lockfilePath, realpath: false, stale: OLD_MS, update: UPDATE_MS, onCompromised };
    const unlock = await lock(lockfilePath, options);
    return () => unlock().catch(ignoring('ERELEASED', 'ENOTACQUIRED'));
  } catch (error) {
    ignoring('ELOCKED')(error);
    return undefined;
  }
}

function ignoring(...codes: readonly string[]): (error: unknown) => void {
  return (error) => {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined || !codes.includes(code)) throw error;
  };
}

function removeFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    ignoring('ENOENT')(error);
  }
}

function readOwner(file: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Host name and, on Linux, the pid namespace: pids of two containers of one name must not be compared. */
function thisHost(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** True only for a process of this host that is gone; a reused pid counts as alive and is left to the 20 s rule. */
function isDead({ pid, host }: Owner): boolean {
  if (host !== thisHost()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function describe(owner: Owner | undefined): string {
  return owner === undefined
    ? 'a process that is just starting or ending'
    : `process ${owner.pid} on ${owner.host.split(' ')[0]}`;
}
