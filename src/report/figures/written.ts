import { NothingToMeasureError } from '../../core/errors.ts';
import type { Observation } from '../../lab/keys.ts';
import { PARTS, WHOM, type Whom } from '../../measure/graft-texts.ts';
import { leftWithout, writtenAt } from '../../measure/measures/grafts.ts';
import type { ArmRuns } from '../../records/groups.ts';
import type { Figure } from '../plot.ts';
import { type Column, cellMap } from './cells.ts';

/** A number of what a run wrote; undefined where nothing rose. */
const of =
  (number: (run: Observation) => number) =>
  (run: Observation): number | undefined => {
    try {
      return number(run);
    } catch (error) {
      if (error instanceof NothingToMeasureError) return undefined;
      throw error;
    }
  };

const shares = (whom: Whom): Column[] =>
  PARTS.map((part) => ({ name: part, of: of((run) => writtenAt(run, whom).shares[part]) }));

const left = (whom: Whom): Column[] =>
  ([['name'], ['topic'], ['name', 'topic'], ['payload'], ['answer']] as const).map((parts) => ({
    name: `no ${parts.join(', ')}`,
    of: of((run) => leftWithout(run, parts, whom)),
  }));

const READ =
  'Probability of the trained token where it is not the own one, after the own answer so far. Means over replicates where it rises by .02 and more, and over targets where there are several.';

const WORDS = { column: 'part', nothing: 'nothing rose' };

/** Every arm whose change was told apart by where in a dialogue its weights work, see `grafts`. */
export function writtenMaps(arms: readonly ArmRuns[]): Figure[] {
  return WHOM.flatMap((whom) => {
    const name = whom === 'target' ? 'the target' : 'bystanders on its topic';
    const maps = [
      cellMap(
        arms,
        {
          id: `without-${whom}`,
          title: `What is left without a part, ${name}`,
          description: `The share of the rise in dialogues of ${name} that is left with base weights at a part of the dialogue and tuned ones at the others: 0 = nothing works without the change there, 1 = all does. ${READ}`,
          ...{ number: 'share that is left', ...WORDS },
        },
        left(whom),
      ),
      cellMap(
        arms,
        {
          id: `written-${whom}`,
          title: `Where it is written, ${name}`,
          description: `The share of the rise in dialogues of ${name} that is due to tuned weights at a part of the dialogue (Shapley shares, which sum to 1). ${READ}`,
          ...{ number: 'share of the rise', ...WORDS },
        },
        shares(whom),
      ),
    ];
    return maps.filter((map) => map !== undefined);
  });
}
