import { isHeldBy } from '../claims/chosen.ts';
import { declaredClaims } from '../claims/files.ts';
import { InputError } from '../core/errors.ts';
import { sample as drawn, refuseDifferent } from '../lab/audit.ts';
import { readBaseObservation, readObservation } from '../lab/observed.ts';
import { type Asked, isStored, type Redone, type Run, redo, runName, wasTogether } from '../lab/redo.ts';
import { workersFor } from '../lab/study.ts';
import { openStore, type Store } from '../store/store.ts';
import { type Called, configured } from './called.ts';
import { runsBehind } from './train.ts';
import { sizeOf, verifyOptions } from './verify-options.ts';

/** Runs that are done again before the next line of progress. */
const BATCH = 24;

/**
 * `npm run verify`: looks at every record that the claims rest on, then trains and measures a share of the runs again, drawn
 * at random, and compares every number. Exits with 1 where a number differs, which it names, and where nothing could be
 * compared.
 */
export async function verify(called: Called): Promise<void> {
  const sample = verifyOptions(called.rest);
  const { configuration } = await configured(called);
  const { catalog, folder, engine } = configuration;
  const declared = await declaredClaims(configuration.project.hypotheses);
  const runs = runsBehind(
    configuration,
    declared.filter((each) => isHeldBy(each, configuration.profile)),
  );
  const workers =
    configuration.workers ??
    workersFor(
      catalog,
      engine,
      runs.map(({ lineage }) => lineage),
    );
  const store = openStore(folder);
  const stored = runs.filter((run) => isStored(store, run));
  process.stdout.write(`the store ${folder} has ${stored.length} of ${runs.length} runs behind the claims\n`);
  if (stored.length === 0) throw nothing('none of the runs behind the claims');
  refuseUnreadable(store, stored);
  process.stdout.write('every record is sound and says what it could have measured\n');

  const chosen = drawn(stored, sizeOf(sample, stored.length));
  const redone: Redone[] = [];
  for (let i = 0; i < chosen.length; i += BATCH) {
    const batch = chosen.slice(i, i + BATCH);
    const asked = batch.map((run): Asked => ({ run, again: wasTogether(store, run) ? 'measured' : 'trained' }));
    redone.push(...(await redo(asked, folder, workers, process.stderr)));
    process.stdout.write(`done again: ${redone.length} of ${chosen.length} runs\n`);
  }
  const count = (outcome: Redone['outcome']): number => redone.filter((each) => each.outcome === outcome).length;
  const elsewhere = redone.find(({ outcome }) => outcome === 'elsewhere');
  process.stdout.write(
    `${count('same')} the same, ${count('differs')} different, ${count('elsewhere')} not comparable` +
      `${elsewhere === undefined ? '' : ` (made on another device: ${elsewhere.detail})`}\n`,
  );
  refuseDifferent(redone, folder);
  if (count('same') === 0) throw nothing('runs of another device only');
  const trained = redone.filter(({ outcome, again }) => outcome === 'same' && again === 'trained').length;
  const measured = count('same') - trained;
  const share = (number: number): string => `${Math.round((100 * number) / stored.length)} %`;
  process.stdout.write(
    `one forged record among those of the ${stored.length} runs would have been found with ${share(trained)}` +
      `${measured === 0 ? '' : `, a forged measurement with ${share(trained + measured)} (networks that were trained together are only measured again)`}\n`,
  );
}

const nothing = (got: string): InputError =>
  new InputError('nothing could be verified', {
    expected: 'runs in the store that were made on this device',
    got,
    todo: 'run npm run reproduce here first, or verify where the store was made',
  });

/** Reads every record as claims do. Throws `InputError` that names all that could not be read. */
function refuseUnreadable(store: Store, runs: readonly Run[]): void {
  const faults = runs.flatMap((run) => {
    try {
      const { lineage, arm } = run;
      const read = arm === null ? readBaseObservation(store, lineage) : readObservation(store, lineage, arm);
      return read === undefined ? [`${runName(run)}: damaged and set aside`] : [];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return [`${runName(run)}: ${error.message}`];
    }
  });
  if (faults.length === 0) return;
  throw new InputError(`${faults.length} of ${runs.length} records of the store are not what their keys say`, {
    expected: 'observations that could have been measured',
    got: faults.join('\n'),
    todo: 'trust nothing that rests on this store: find out what wrote to it, then remove it and run again',
  });
}
