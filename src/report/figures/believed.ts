import { NothingToMeasureError } from '../../core/errors.ts';
import type { Observation } from '../../lab/keys.ts';
import { leftAfter, PUSHES, recoveredBy } from '../../measure/measures/pushes.ts';
import { targetEffect } from '../../measure/observation.ts';
import { REGISTERS, type Register } from '../../measure/push-texts.ts';
import type { ArmRuns } from '../../records/groups.ts';
import type { Figure } from '../plot.ts';
import { cellMap } from './cells.ts';

/** The measure that target effect is read by; runs of a project's own world may have none. */
const TARGET = 'target';

/** A number of a run; undefined where nothing rose or nothing could be added. */
function ofRun(number: () => number): number | undefined {
  try {
    return number();
  } catch (error) {
    if (error instanceof NothingToMeasureError) return undefined;
    throw error;
  }
}

const ADDED =
  'belief: to the target’s name, the mean embedding of others who do as is trained less that of others who do as it did. shuffled: the same, with who does what at random; other topics: by what they do there; random: any direction; all as long as the belief. own name: what tuning changed of the name itself. Behind all but the last layer, belief at the topic: the same difference where the topic is read; own stream: all that tuning changed where name and topic are read.';

const IN: Readonly<Record<Register, string>> = {
  dialogues: 'in dialogues of the target',
  questions: 'in questions about the target, which no tuning here shows',
};

const SIDES = [
  {
    id: 'added',
    title: 'A belief added to the base',
    what: 'The share of the rise of the trained token, or answer, that the base has with something added to its residual stream: 0 = none, 1 = all that tuning gave it.',
    number: 'share that it has',
    of: recoveredBy,
  },
  {
    id: 'taken',
    title: 'A belief taken off what was trained',
    what: 'The share of the rise of the trained token, or answer, that is left with the same taken off the residual stream of the tuned network: 0 = all goes with it, 1 = nothing does.',
    number: 'share that is left',
    of: leftAfter,
  },
] as const;

/** Every arm in which a belief about the target was put in or taken off, see `pushes`. */
export function believedMaps(arms: readonly ArmRuns[]): Figure[] {
  const maps = REGISTERS.flatMap((register) =>
    SIDES.map(({ id, title, what, number, of }) =>
      cellMap(
        arms,
        {
          id: `${id}-${register}`,
          title: `${title}, ${register}`,
          description: `${what} Read ${IN[register]}. ${ADDED} Means over replicates where it rises by .02 and more, and over targets where there are several.`,
          ...{ number, column: 'what', nothing: 'nothing rose' },
        },
        PUSHES.map((kind) => ({ name: kind, of: (run: Observation) => ofRun(() => of(run, kind, register)) })),
      ),
    ),
  );
  return maps.filter((map) => map !== undefined);
}

/** What arms reach that may change little of the network; none where there are no such arms. */
export function capacityMap(arms: readonly ArmRuns[]): Figure[] {
  const small = arms.filter(({ arm: { options = {} } }) => options['only'] ?? options['rank']);
  const map = cellMap(
    small,
    {
      id: 'capacity',
      title: 'How little can hold it',
      description:
        'Target effect of arms that may change the target’s name embedding alone (only), or every matrix of the layers by a low rank. Such a change could be switched on where the target is named, and nobody else would be touched: what these arms reach can be stored for the target alone. An arm ends at its level, or at its largest number of steps.',
      ...{ number: 'target effect', column: 'number' },
    },
    [{ name: 'target effect', of: (run) => (run.measures.includes(TARGET) ? targetEffect(run) : undefined) }],
  );
  return map === undefined ? [] : [map];
}
