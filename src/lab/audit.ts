import { randomInt } from 'node:crypto';
import { InputError } from '../core/errors.ts';
import { openStore, type Store } from '../store/store.ts';
import { expectedSteps, methodOf } from './catalog.ts';
import type { ProgressSink } from './progress.ts';
import { type Asked, isStored, isWhole, type Redone, type Run, redo, runName, wasTogether } from './redo.ts';

/** Stored networks that an audit measures again. */
const MEASURED = 3;
/** One audit in so many also trains a run of many steps again, which takes as long as all the rest. */
const COSTLY_EVERY = 10;

/**
 * Does a few finished runs again, drawn at random from all of them, and compares every number: `MEASURED` networks of every
 * kind are measured (which finds a forged observation or quality of a base), and one arm of a method that takes few steps is
 * trained and measured (which finds a forged network of these, also where its observation was made from it); in one audit of
 * ten, a base or an arm of another method is trained too. Says on `sink` what was compared, and the probability with which it would
 * have found one forged record. Throws `InputError` where a number differs: then a record is not what its key says, and nothing
 * that rests on the store can be trusted. Records of another device are only counted: there rounding differs. Damaged ones are set
 * aside, for the claims to make them again, and others are drawn.
 */
export async function audit(
  runs: readonly Run[],
  folder: string,
  sink: ProgressSink,
  costly: boolean = randomInt(COSTLY_EVERY) === 0,
): Promise<void> {
  const store = openStore(folder);
  const stored = runs.filter((run) => isStored(store, run));
  if (stored.length === 0) return;
  const alone = stored.filter((run) => !wasTogether(store, run));
  const [quick, long] = [alone.filter(isQuick), alone.filter((run) => !isQuick(run))];
  const measured = drawn(store, stored, 'measured', MEASURED);
  const trained = [...drawn(store, quick, 'trained', 1), ...(costly ? drawn(store, long, 'trained', 1) : [])];
  const asked = [...measured, ...trained];
  if (asked.length === 0) return;
  const redone = await redo(asked, folder, 1, sink);
  refuseDifferent(redone, folder);
  const elsewhere = redone.filter(({ outcome }) => outcome === 'elsewhere');
  const of = (k: number, n: number): string => `${k} of ${n}`;
  sink.write(
    `audit: measured ${of(measured.length, stored.length)} networks again and trained ${trained.map(({ run }) => runName(run)).join(', ') || 'none'} again: ` +
      `${elsewhere.length === 0 ? 'the same numbers' : `${of(elsewhere.length, redone.length)} not comparable, since they ran on another device (${elsewhere[0]?.detail})`}\n`,
  );
  if (elsewhere.length === redone.length) return;
  const found = [
    `one forged measurement is found with ${percent(measured.length / stored.length)}`,
    ...(quick.length > 0 ? [`one forged ${methodsOf(quick)} network with ${percent(1 / quick.length)}`] : []),
    ...(long.length > 0
      ? [`one forged ${methodsOf(long)} network with ${percent(1 / COSTLY_EVERY / long.length)}`]
      : []),
  ];
  sink.write(
    `  in a run ${found.join(', ')}; what names another device is never found; npm run verify -- --sample 5% looks at more\n`,
  );
}

/** Throws `InputError` that names the records that came out otherwise, where there are any. */
export function refuseDifferent(redone: readonly Redone[], folder: string): void {
  const different = redone.filter(({ outcome }) => outcome === 'differs');
  if (different.length === 0) return;
  throw new InputError(
    `${different.length} of ${redone.length} runs done again gave other numbers than the store ${folder} holds`,
    {
      expected: 'the same numbers on the same device',
      got: different.map(({ run, again, detail }) => `another ${detail} (${runName(run)}, ${again} again)`).join('; '),
      todo: 'trust nothing that rests on this store: find out what wrote to it, then remove it and run again',
    },
  );
}

/** Steps that take seconds; a base and a policy take minutes. */
const QUICK_STEPS = 100;
const isQuick = ({ lineage: { catalog }, arm }: Run): boolean =>
  arm !== null && expectedSteps(catalog, arm) <= QUICK_STEPS;

/** So many runs, all of which are whole, drawn at random. */
function drawn(store: Store, runs: readonly Run[], again: Asked['again'], count: number): Asked[] {
  const chosen: Asked[] = [];
  for (const run of sample(runs, runs.length)) {
    if (chosen.length === count) break;
    if (isWhole(store, { run, again })) chosen.push({ run, again });
  }
  return chosen;
}

/** What made some networks, for people: `base` and the labels of their methods, each once. */
function methodsOf(runs: readonly Run[]): string {
  const labels = runs.map(({ lineage: { catalog }, arm }) => (arm === null ? 'base' : methodOf(catalog, arm).label));
  return [...new Set(labels)].join(' or ');
}

/** So many different items drawn at random, all where there are no more. */
export function sample<T>(items: readonly T[], count: number): T[] {
  const left = [...items];
  return Array.from({ length: Math.min(count, items.length) }, () => left.splice(randomInt(left.length), 1)[0] as T);
}

/** A share as people say it, for example `1.5 %`. */
const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;
