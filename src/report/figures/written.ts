import { NothingToMeasureError } from '../../core/errors.ts';
import type { Observation } from '../../lab/keys.ts';
import { type Whom, type Written, writtenAt } from '../../measure/measures/grafts.ts';
import type { ArmRuns } from '../../records/groups.ts';
import type { Figure } from '../plot.ts';
import { type Column, cellMap } from './cells.ts';

const PARTS = [
  ['name', 'name and topic'],
  ['payload', 'payload'],
  ['answer', 'answer'],
] as const;

/** A number of what a run wrote; undefined where nothing rose. */
const of =
  (whom: Whom, number: (written: Written) => number) =>
  (run: Observation): number | undefined => {
    try {
      return number(writtenAt(run, whom));
    } catch (error) {
      if (error instanceof NothingToMeasureError) return undefined;
      throw error;
    }
  };

const columns = (whom: Whom, number: 'shares' | 'without'): Column[] =>
  PARTS.map(([part, name]) => ({ name, of: of(whom, (written) => written[number][part]) }));

const READ =
  'Probability of the trained token where it is not the own one, after the own answer so far. Means over replicates where it rises by .02 and more, and over targets where there are several.';

/** Every arm whose change was told apart by where in a dialogue its weights work, see `grafts`. */
export function writtenMaps(arms: readonly ArmRuns[]): Figure[] {
  const whose = [
    ['target', 'the target'],
    ['bystanders', 'bystanders on its topic'],
  ] as const;
  return whose
    .flatMap(([whom, name]) => [
      cellMap(
        arms,
        {
          id: `written-${whom}`,
          title: `Where it is written, ${name}`,
          description: `The share of the rise in dialogues of ${name} that tuned weights at a part of the dialogue have (Shapley shares, which sum to 1; base weights work at the other parts). ${READ}`,
          number: 'share of the rise',
        },
        columns(whom, 'shares'),
      ) ?? [],
      cellMap(
        arms,
        {
          id: `without-${whom}`,
          title: `What is left without it, ${name}`,
          description: `The share of the rise in dialogues of ${name} that is left with base weights at that part and tuned ones at the others: 0 = nothing works without the change there, 1 = all does. ${READ}`,
          number: 'share that is left',
        },
        columns(whom, 'without'),
      ) ?? [],
    ])
    .flat();
}
