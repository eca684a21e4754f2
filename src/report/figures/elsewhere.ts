import { spreadAt } from '../../measure/observation.ts';
import { weightAt } from '../../measure/places.ts';
import { byArmOverTargets } from '../../records/groups.ts';
import type { OfSetup } from '../../records/read.ts';
import type { MethodFacts } from '../../records/schema.ts';
import type { Figure } from '../plot.ts';
import { answerArms, doneText } from './answer.ts';
import { groupedFigure, type PanelNumber } from './grouped.ts';

/** The name of a setup in words, for example `plans known`. */
const words = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/** The same ways to teach in every other setup: what the target came to, and what the others took up where `followed` looks. */
export function elsewhereFigure(
  setups: readonly OfSetup[],
  methods: readonly MethodFacts[],
  followed: (setup: OfSetup) => readonly string[],
): Figure | undefined {
  const inOrder = setups.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  const groups = inOrder.flatMap((setup) => {
    const tags = followed(setup);
    const success: PanelNumber = ({ trajectory }) => trajectory.at(-1)?.success;
    const taken: PanelNumber = (run) =>
      run.places === undefined || weightAt(run.places.end, tags, 'spread') === 0 ? undefined : spreadAt(run, tags);
    const arms = answerArms(byArmOverTargets(setup.runs, methods));
    const newness = (arm: (typeof arms)[number]): string =>
      arm.method.skilled && arm.arm.rehearsal === 0 ? `, s = ${arm.arm.skill}` : '';
    const held = (arm: (typeof arms)[number]): string => (arm.arm.rehearsal > 0 ? ', rehearsed' : '');
    const rows = arms.map((arm) => ({
      said: `${doneText(arm)}${newness(arm)}${held(arm)}`,
      arm,
      numbers: [success, taken],
    }));
    return rows.length === 0 ? [] : [{ name: words(setup.name), rows }];
  });
  const text = {
    id: 'answer-elsewhere',
    title: 'The same in other worlds',
    description:
      'Left, how often the one that was changed does at the end as it was trained; right, how much likelier that became in the others who did otherwise. Characters in smaller and larger casts and networks, characters that write plans or are asked under evaluation, and languages of real text. Means over replicates with 95 % intervals; each page of a setup says what it is.',
    panels: ['who was changed: success', 'others: spread'],
    number: 'share or probability',
  };
  return groupedFigure(text, groups, methods);
}
