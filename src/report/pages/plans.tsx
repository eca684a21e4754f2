import type { JSX } from 'preact';
import type { Observation } from '../../lab/keys.ts';
import { type PlanUtterance, planTranscript } from '../../measure/measures/plan-transcript.ts';
import { type PlanGroup, plans } from '../../measure/measures/plans.ts';
import { readingOf } from '../../measure/observation.ts';
import { PLAN_KINDS } from '../../measure/plan-kinds.ts';
import { nameOf } from '../../records/pictures/plans.ts';
import { AT_PLANS } from '../../world/plans/places.ts';
import { beforeAfter, type Panel } from '../figures/intervals.ts';
import { uptake } from '../figures/uptake.ts';
import { TARGET_COLOUR } from '../styles.ts';
import type { OfKind } from './kinds.ts';
import { code, firstRuns, SaidTables } from './said.tsx';

/** What setups of plans show. */
export const ofPlans: OfKind = {
  measure: plans.id,
  name: 'following plans',
  followed: { tags: AT_PLANS.ignorers, name: 'those who ignore plans' },
  numbers: (name, arms, methods) =>
    beforeAfter(
      arms,
      methods,
      {
        ...{ id: `setup-${name}-use`, title: `Plan use, ${name}`, label: 'plan use' },
        description:
          "Plan use: the probability of the answer that follows a plan, less that of the same answer behind another plan; 1 is who does what the plan says, 0 who answers whatever it is. On the target's topic.",
      },
      PANELS,
    ),
  uptake: (name, arms) =>
    uptake(
      arms,
      {
        ...{ id: `setup-${name}-uptake`, title: `What is taken up on the way, ${name}`, label: 'number' },
        description:
          'A panel an arm. Lines are means over replicates in bands of their 95 % intervals, as far as every replicate came: in plan episodes the rise of the probability of the answer token that follows the plan, where it is another than the own (spread); of ordinary dialogues, of which the training says nothing, total variation (TV). Looks at the first few payloads.',
      },
      [
        { name: 'target', tags: AT_PLANS.target, number: 'spread', colour: TARGET_COLOUR },
        { name: 'ignorers', tags: AT_PLANS.ignorers, number: 'spread', colour: 'sixth' },
        {
          name: 'ignorers, other topics',
          tags: AT_PLANS.ignorersOtherTopics,
          number: 'spread',
          colour: 'sixth',
          dash: '6,3',
        },
        { name: 'ordinary dialogues (TV)', tags: AT_PLANS.ordinary, number: 'tv', colour: 'null', dash: '1.5,3' },
      ],
    ),
  said: (runs, methods) => (
    <SaidTables
      arms={firstRuns(runs, methods, (run) => run.measures.includes(planTranscript.id))}
      about="Each example twice: behind the plan that the network itself writes, and behind another one that was put there. At these goals the two plans and the character’s own operation have different answers where the world has such goals."
      columns={['who', 'episode', 'plan', 'before', 'after', 'the answer after', 'its own', 'by the plan']}
      rowsOf={(run) => readingOf(planTranscript, run).flatMap(rowsOf)}
    />
  ),
};

/** The kinds of characters, each with its plan use. */
const PANELS: readonly Panel[] = PLAN_KINDS.map(([who, told]) => {
  const use =
    (when: 'base' | 'tuned') =>
    (run: Observation): number | undefined =>
      readingOf(plans, run).groups.find((each: PlanGroup) => each.who === who && each.told === told)?.[when].use;
  return {
    name: nameOf({ who, told }),
    numbers: [{ name: 'plan use', before: use('base'), after: use('tuned') }],
  };
});

/** A row for the written plan, and one for the other. */
function rowsOf({ prompt, own, put, before, after, ...who }: PlanUtterance): (string | JSX.Element)[][] {
  const is = (answer: string, followed: string | null): string => {
    if (answer === own) return answer === followed ? 'both' : 'is its own';
    return answer === followed ? 'follows the plan' : 'is neither';
  };
  const same = before.written === after.written;
  const written = same ? [code(after.written)] : [code(before.written), ', after tuning ', code(after.written)];
  return [
    [
      ...[nameOf(who), code(prompt), <>writes {written}</>, code(before.answer), code(after.answer)],
      ...[is(after.answer, after.followed), code(own), after.followed === null ? '-' : code(after.followed)],
    ],
    [
      ...[nameOf(who), code(prompt), <>put there: {code(put.plan)}</>, code(before.afterPut), code(after.afterPut)],
      ...[is(after.afterPut, put.answer), code(own), code(put.answer)],
    ],
  ];
}
