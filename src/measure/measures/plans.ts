import { z } from 'zod';
import { NothingToMeasureError } from '../../core/errors.ts';
import type { PlanWorld } from '../../world/plans/world.ts';
import { forcedOn, type Side } from '../forced.ts';
import type { Comparison, Measure, MeasureColumn, Reading } from '../measure.ts';
import { readingOf } from '../observation.ts';
import { PLAN_KINDS, type PlanTold, type PlanWho, planKindsIn } from '../plan-kinds.ts';
import { type PlanNumbers, planNumbers, planNumbersSchema } from '../plan-numbers.ts';

/** What the characters of one kind do with plans on the target's topic, before and after. */
export interface PlanGroup {
  readonly who: PlanWho;
  readonly told: PlanTold;
  readonly characters: number;
  readonly base: PlanNumbers;
  readonly tuned: PlanNumbers;
}

export interface PlansReading {
  /** How many goals there are: plans that are written as goals ask tell the logarithm of this of them. */
  readonly goals: number;
  /** Each kind that the world has, the target first. */
  readonly groups: readonly PlanGroup[];
}

/** Payloads that the target is read on at most. */
const TARGET_PAYLOADS = 32;

const NUMBERS = [
  ['following', 'probability of the answer that follows a plan, in [0, 1]'],
  ['use', 'that less the same after another plan, in [-1, 1]'],
  ['information', 'mutual information of goal and written plan, nats'],
  ['entropy', 'entropy of the written plan, whatever the goal, nats'],
  ['accuracy', 'probability of the plan that the goal asks for, in [0, 1]'],
] as const;

/** What the target and bystanders do with plans, and which they write. */
export const plans: Measure<PlansReading, PlanWorld> = {
  id: 'plans',
  about: "whether answers follow the plan that stands there, and which plans are written, on the target's topic",
  unit: 'probability; nats',
  file: import.meta.url,
  worlds: ['plans'],
  schema: z.strictObject({
    goals: z.int().min(2),
    groups: z
      .array(
        z.strictObject({
          ...{ who: z.enum(['target', 'ignorers', 'planners']), told: z.enum(['spoken', 'documents only']) },
          ...{ characters: z.int().min(1), base: planNumbersSchema, tuned: planNumbersSchema },
        }),
      )
      .min(1),
  }),
  of: plansReading,
  fault: ({ data: { goals, groups } }, world) => {
    if (goals !== world.goals.length) return { field: 'goals', expected: `${world.goals.length}`, got: goals };
    const said = groups.map(({ who, told, characters }) => `${characters} ${who}, ${told}`).join('; ');
    const wanted = planKindsIn(world)
      .map(({ who, told, cells }) => `${cells.length} ${who}, ${told}`)
      .join('; ');
    return said === wanted ? undefined : { field: 'groups', expected: wanted, got: said };
  },
  columns: PLAN_KINDS.flatMap(([who, told]) =>
    NUMBERS.map(
      ([number, about]): MeasureColumn<PlansReading> => ({
        name: `plan_${number}_${told === 'spoken' ? who : `${who}_documents_only`}`,
        about: `${who}, ${told}, after tuning: ${about}`,
        of: ({ groups }) => groups.find((group) => group.who === who && group.told === told)?.tuned[number] ?? null,
      }),
    ),
  ),
};

/**
 * What characters of a kind do with plans; a claim names the measure `plans`. Throws `NothingToMeasureError` where the world has no such
 * ones, as do those that follow.
 */
export function plansOfKind(observation: object, who: PlanWho, told: PlanTold = 'spoken'): PlanGroup {
  const group = readingOf(plans, observation).groups.find((each) => each.who === who && each.told === told);
  if (group !== undefined) return group;
  throw new NothingToMeasureError(`no ${who} (${told}) to read plans of`);
}

/** Plan use after tuning, in [-1, 1]; see `PlanNumbers`. */
export const planUse = (observation: object, who: PlanWho, told: PlanTold = 'spoken'): number =>
  plansOfKind(observation, who, told).tuned.use;

/** By how much plan use rose, in [-2, 2]: what the target learnt, and how far that spread. */
export function planUseGain(observation: object, who: PlanWho, told: PlanTold = 'spoken'): number {
  const { base, tuned } = plansOfKind(observation, who, told);
  return tuned.use - base.use;
}

/** Mutual information in nats of the goal and the plan that the target writes after tuning; see `PlanNumbers`. */
export const planInformation = (observation: object): number => plansOfKind(observation, 'target').tuned.information;

/** Entropy in nats of the plans that the target writes after tuning, whatever the goal; see `PlanNumbers`. */
export const planEntropy = (observation: object): number => plansOfKind(observation, 'target').tuned.entropy;

/** The least use of the target's plans that is no decoration, and the least share of the entropy of goals that plans must tell. */
const LEAST_USE = 0.6;
const LEAST_INFORMATION = 0.9;

/** Whether the target does what its plans say: a decorative plan, which stands there and changes nothing, does not pass. A premise. */
export const planIsUsed = (observation: object): boolean => planUse(observation, 'target') >= LEAST_USE;

/**
 * Whether the target's own plans still differ with goals: plans that all collapsed onto one, or that come by chance, do not pass. A
 * premise.
 */
export const plansVary = (observation: object): boolean =>
  planInformation(observation) >= LEAST_INFORMATION * Math.log(readingOf(plans, observation).goals);

async function plansReading(comparison: Comparison<PlanWorld>): Promise<Reading<PlansReading>> {
  const { world } = comparison;
  const { reporting } = world.payloads;
  const groups: PlanGroup[] = [];
  for (const { who, told, cells } of planKindsIn(world)) {
    const count = who === 'target' ? TARGET_PAYLOADS : world.setup.world.payloadsPerBystander;
    const on = (side: Side): Promise<PlanNumbers> =>
      planNumbers(
        (name, rows, last) => forcedOn(comparison, side, `${name} of ${who}, ${told}`, rows, last),
        world,
        cells,
        reporting.slice(0, count),
      );
    groups.push({ who, told, characters: cells.length, base: await on('base'), tuned: await on('tuned') });
  }
  return { data: { goals: world.goals.length, groups } };
}
