import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonical } from '../core/canonical.ts';
import { InputError, InvariantError } from '../core/errors.ts';
import { digestOf, type StoredRecord } from '../store/record.ts';
import { openStore, type Store } from '../store/store.ts';
import { type Arm, armName } from '../train/arm.ts';
import { type Catalog, depthOf, neededBy } from './catalog.ts';
import { keysOf, type Lineage } from './keys.ts';
import { readingKeys } from './observed.ts';
import { type Job, type PoolEvents, runJobs } from './pool.ts';
import type { ProgressSink } from './progress.ts';

/** One run of a lineage: its base where `arm` is null, else that arm. */
export interface Run {
  readonly lineage: Lineage;
  readonly arm: Arm | null;
}

/** What is done again: only the measuring of the stored network, or the training of the network too. */
type Again = 'measured' | 'trained';

/** A run that is to be done again, and how much of it. */
export interface Asked {
  readonly run: Run;
  readonly again: Again;
}

/** What came of doing a run again. */
export interface Redone extends Asked {
  /** `elsewhere`: other devices made the stored records, so that rounding may differ. */
  readonly outcome: 'same' | 'differs' | 'elsewhere';
  /** The records that differ, or the devices, in words; empty where they are the same. */
  readonly detail: string;
}

/** A name for people, for example `seed 3 rl s=1 rehearsal=0`. */
export const runName = ({ lineage: { seed }, arm }: Run): string =>
  `seed ${seed} ${arm === null ? 'base' : armName(arm)}`;

/** The runs of a lineage: its base, and each of these arms once. */
export function runsOfLineage(lineage: Lineage, arms: readonly Arm[]): Run[] {
  const different = new Map(arms.map((arm) => [armName(arm), arm]));
  return [null, ...different.values()].map((arm) => ({ lineage, arm }));
}

/** Kinds and keys of the records of a run: the network, and what was read of it. */
export function placesOf({ lineage, arm }: Run): [kind: string, key: string][] {
  const keys = keysOf(lineage);
  const network: [string, string] = arm === null ? ['base', keys.base] : ['arm', keys.arm(arm)];
  const readings = [...readingKeys(lineage, arm).values()].map((key): [string, string] => ['reading', key]);
  return [network, ...readings];
}

const recordsOf = (store: Store, run: Run): StoredRecord[] =>
  placesOf(run).flatMap(([kind, key]) => store.read(kind, key) ?? []);

/** Whether the store has all records of a run. */
export const isStored = (store: Store, run: Run): boolean => placesOf(run).every(([kind, key]) => store.has(kind, key));

/**
 * Whether the network of a stored run was trained in one program with others. Alone it would be rounded otherwise: only its
 * measuring can be done again.
 */
export const wasTogether = (store: Store, run: Run): boolean =>
  placesOf(run).some(([kind, key]) => {
    const { device } = (store.peek(kind, key) ?? {}) as { readonly device?: unknown };
    return / networks in one program/.test(String(device));
  });

/**
 * Where a run is done again: measuring, and of training the bases and the arms by how many others come before them, each apart,
 * since what one of these makes is what the next is made of.
 */
function apart({ again, run: { lineage, arm } }: Asked): string {
  if (again === 'measured') return again;
  return arm === null ? 'bases' : `arms ${depthOf(lineage.catalog, arm)}`;
}

/**
 * Does stored runs again, each from what it was made of as the store holds it (an arm from its base, with the arms that it
 * needs, a measurement from the network), in stores of their own, and compares every number. Throws
 * `InputError` where the store lacks a record that this needs, and as `runJobs` does.
 */
export async function redo(
  asked: readonly Asked[],
  folder: string,
  workers: number,
  sink: ProgressSink,
): Promise<Redone[]> {
  if (asked.length === 0) return [];
  const store = openStore(folder, { report: (message) => sink.write(`${message}\n`) });
  const scratch = mkdtempSync(join(tmpdir(), 'spillover-again-'));
  const placeOf = (each: Asked): string => join(scratch, apart(each));
  try {
    for (const each of asked) {
      const made = openStore(placeOf(each));
      for (const record of ingredients(store, each)) made.write(record);
    }
    const jobs = asked.map((each, i) => jobOf(each, i, placeOf(each)));
    await runJobs(jobs, { ...sharedBy(asked), folder, workers, events: eventsOn(sink) });
    return asked.map((each) =>
      compared(each, recordsOf(store, each.run), recordsOf(openStore(placeOf(each)), each.run)),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Kinds and keys of the records that a run is made of; for a measurement its network is one of them. */
function madeOf({ run: { lineage, arm }, again }: Asked): [kind: string, key: string][] {
  const keys = keysOf(lineage);
  // Measuring looks at the network alone, however it was made.
  const needed = arm === null || again === 'measured' ? [] : neededBy(lineage.catalog, arm);
  return [
    ...(arm !== null || again === 'measured' ? [['base', keys.base] as [string, string]] : []),
    ...needed.map((each): [string, string] => ['arm', keys.arm(each)]),
    ...(arm !== null && again === 'measured' ? [['arm', keys.arm(arm)] as [string, string]] : []),
  ];
}

/** Whether every record of a run, and every one that it is made of, is there and whole. Those that are not are set aside. */
export const isWhole = (store: Store, asked: Asked): boolean =>
  [...placesOf(asked.run), ...madeOf(asked)].every(([kind, key]) => store.read(kind, key) !== undefined);

function ingredients(store: Store, asked: Asked): StoredRecord[] {
  return madeOf(asked).map(([kind, key]) => {
    const record = store.read(kind, key);
    if (record !== undefined) return record;
    throw new InputError(`${runName(asked.run)} cannot be done again`, {
      expected: `the ${kind} that it is made of in the store`,
      got: `no record ${kind}/${key}`,
      todo: 'train what is missing: npm run reproduce',
    });
  });
}

function jobOf({ run }: Asked, i: number, folder: string): Job {
  const { lineage, arm } = run;
  const { setup, seed, asked } = lineage;
  const [bases, groups] = arm === null ? [[seed], []] : [[], [[{ seed, arm, asked }]]];
  return { id: `${i + 1}: ${runName(run)} again`, after: [], folder, setup, bases, groups };
}

/** What all runs that are done again have in common. */
function sharedBy(asked: readonly Asked[]): { readonly catalog: Catalog; readonly engine: string } {
  const engines = [...new Set(asked.map(({ run }) => run.lineage.engine))];
  if (engines.length > 1) throw new InvariantError(`runs of several engines at once: ${engines.join(', ')}`);
  const { lineage } = (asked as readonly [Asked])[0].run;
  return { catalog: lineage.catalog, engine: lineage.engine };
}

const eventsOn = (sink: ProgressSink): PoolEvents => ({
  started: () => {},
  stepped: () => {},
  finished: () => {},
  waiting: () => {},
  reported: (message) => sink.write(`${message}\n`),
});

/** Compares the records of a run with those of the same run done again. */
function compared({ run, again }: Asked, kept: readonly StoredRecord[], made: readonly StoredRecord[]): Redone {
  const lost = placesOf(run).filter(([, key]) => !kept.some((record) => record.key === key));
  if (lost.length > 0) {
    const names = lost.map(([kind, key]) => `${kind}/${key}, which is damaged`).join(', ');
    return { run, again, outcome: 'differs', detail: names };
  }
  const pairs = kept.map((record) => [record, made.find(({ key }) => key === record.key)] as const);
  const other = pairs.find(([was, is]) => is !== undefined && devicesOf(was) !== devicesOf(is));
  if (other !== undefined) {
    const [was, is] = other;
    return {
      run,
      again,
      outcome: 'elsewhere',
      detail: `${devicesOf(was)} there, ${devicesOf(is as StoredRecord)} here`,
    };
  }
  const wrong = pairs.filter(([was, is]) => is === undefined || digestOf(was) !== digestOf(is));
  const detail = wrong.map(([{ kind, key }]) => `${kind}/${key}`).join(', ');
  return { run, again, outcome: wrong.length === 0 ? 'same' : 'differs', detail };
}

/** What made a record, as it says. */
export function devicesOf({ data }: StoredRecord): string {
  const { device, devices } = data as { readonly device?: unknown; readonly devices?: unknown };
  return canonical(device ?? devices ?? 'no device');
}
