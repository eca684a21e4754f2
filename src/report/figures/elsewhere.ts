import { spreadAt } from '../../measure/observation.ts';
import { weightAt } from '../../measure/places.ts';
import { byArmOverTargets } from '../../records/groups.ts';
import type { OfSetup } from '../../records/read.ts';
import type { MethodFacts } from '../../records/schema.ts';
import type { Figure } from '../plot.ts';
import { answerArms, doneText } from './answer.ts';
import { groupedFigure, type PanelNumber, type RowGroup } from './grouped.ts';

/** What a kind of world is called, and the places of bystanders that are followed there. */
interface Followed {
  readonly name: string;
  readonly followed: { readonly tags: readonly string[]; readonly name: string };
}

/** The name of a setup in words, for example `plans known`. */
const words = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/** The ways to teach in a setup, each with what the target came to and what the others took up; none where it has no such arm. */
function groupOf(setup: OfSetup, methods: readonly MethodFacts[], tags: readonly string[]): RowGroup[] {
  const success: PanelNumber = ({ trajectory }) => trajectory.at(-1)?.success;
  const taken: PanelNumber = (run) =>
    run.places === undefined || weightAt(run.places.end, tags, 'spread') === 0 ? undefined : spreadAt(run, tags);
  const rows = answerArms(byArmOverTargets(setup.runs, methods)).map((arm) => {
    const { skill, rehearsal } = arm.arm;
    const newness = arm.method.skilled && rehearsal === 0 ? `, s = ${skill}` : '';
    const held = rehearsal > 0 ? ', rehearsed' : '';
    return { said: `${doneText(arm)}${newness}${held}`, arm, numbers: [success, taken] };
  });
  return rows.length === 0 ? [] : [{ name: words(setup.name), rows }];
}

/** The same ways to teach in every other setup, a figure a kind of world: what others do and how it is read differs between these. */
export function elsewhereFigures(
  setups: readonly OfSetup[],
  methods: readonly MethodFacts[],
  kindOf: (setup: OfSetup) => Followed,
): Figure[] {
  const inOrder = setups.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  const kinds = new Map(inOrder.map((setup) => [kindOf(setup).name, kindOf(setup)]));
  return [...kinds.values()].flatMap(({ name, followed }) => {
    const own = inOrder.filter((setup) => kindOf(setup).name === name);
    const text = {
      id: `answer-elsewhere-${name.replaceAll(' ', '-')}`,
      title: `The same in other worlds: ${name}`,
      description: `Left, how often the one that was changed does at the end as it was trained; right, how much likelier that became in the others who did otherwise (${followed.name}). Means over replicates with 95 % intervals; each page of a setup says what it is.`,
      panels: ['who was changed: success', 'others: spread'],
      number: 'share or probability',
    };
    const groups = own.flatMap((setup) => groupOf(setup, methods, followed.tags));
    return groupedFigure(text, groups, methods) ?? [];
  });
}
