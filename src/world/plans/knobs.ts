import { z } from 'zod';
import { TEMPLATES } from '../characters/templates.ts';
import { broken, type Fault } from '../faults.ts';
import type { Setup } from '../knobs.ts';
import { share, sharedKnobs, sharedRules, whole, withoutVarieties } from '../shared-knobs.ts';
import { plansOf } from './operations.ts';
import { distinctPayloads, type PlanKnobs, type Role, rolesByRank, targetsOf } from './sizes.ts';
import { episodeLength } from './texts.ts';

/** The section `world` of a setup. */
export const planKnobs: z.ZodType<PlanKnobs> = z.strictObject({
  ...sharedKnobs,
  kind: z.literal('plans'),
  topics: whole(1, 100),
  symbols: whole(2, 26),
  depth: whole(1, 2),
  goals: whole(2, 36).optional(),
  planners: share,
  documentsOnlyPlannersShare: share.optional(),
  planShare: share,
  planningDocumentShare: share.optional(),
  templates: whole(2, TEMPLATES.length),
  heldOutTemplates: whole(1, TEMPLATES.length),
  neutralTopics: whole(1, 100).optional(),
});

/** The faults between the fields of a setup with such a world, whose fields are each in range. */
export function faultsBetween({ world, model, pretraining }: Setup<PlanKnobs>): Fault[] {
  return [...sizeFaults(world), ...roleFaults(world), ...textFaults({ world, model, pretraining })];
}

function sizeFaults(world: PlanKnobs): Fault[] {
  const plans = plansOf(world).length;
  const held = world.selectionPayloads + world.reportingPayloads;
  return broken([
    ...sharedRules(world),
    {
      path: 'world.goals',
      holds: (world.goals ?? 0) <= plans,
      expected: `at most as many as there are plans (${plans}): each goal has one of its own`,
      got: `${world.goals}`,
      todo: 'take fewer goals, more operations or a greater depth; left out, there are as many as plans',
    },
    {
      path: 'world.selectionPayloads',
      holds: 2 * held <= distinctPayloads(world),
      expected: `with world.reportingPayloads at most half of the ${distinctPayloads(world)} payloads without a symbol twice, which alone are held out`,
      got: `${world.selectionPayloads} + ${world.reportingPayloads}`,
      todo: 'hold out fewer payloads, or take more symbols',
    },
  ]);
}

/** The kinds of characters that a setup needs and has none of. */
function roleFaults(world: PlanKnobs): Fault[] {
  const bystanders = world.characters - targetsOf(world);
  if (bystanders < 1) return [];
  const roles = rolesByRank(world);
  const some = (plans: boolean, documentsOnly: boolean): boolean =>
    roles.some((role: Role) => role.plans === plans && role.documentsOnly === documentsOnly);
  const anybody = world.planners > 0;
  const got = `planners ${world.planners}, documentsOnlyPlannersShare ${world.documentsOnlyPlannersShare ?? 0.4} of ${bystanders} characters that are no target`;
  const silent = Math.round(world.documentsOnlyShare * world.characters);
  return broken([
    {
      path: 'world.planners',
      holds: !anybody || some(true, false),
      expected: 'at least one planner in plan episodes, or 0: nobody plans',
      got,
      todo: 'take a larger share, or 0',
    },
    {
      path: 'world.planners',
      holds: some(false, false),
      expected: 'at least one bystander in plan episodes that ignores its plans: spread is read on those',
      got,
      todo: 'take fewer planners, or a smaller share of documents alone',
    },
    {
      path: 'world.documentsOnlyPlannersShare',
      holds: !anybody || some(true, true),
      expected:
        'at least one planner that documents alone tell of: only it shows that documents about planning are acted on',
      got,
      todo: 'take a larger share of documents alone, or more planners',
    },
    {
      path: 'world.documentsOnlyShare',
      holds: silent < bystanders,
      expected: `fewer than the ${bystanders} characters that are no target, so that some are left for dialogues`,
      got: `${silent} on each topic`,
      todo: 'take a smaller share',
    },
  ]);
}

function textFaults({ world, model, pretraining }: Pick<Setup<PlanKnobs>, 'world' | 'model' | 'pretraining'>): Fault[] {
  const { documentShare } = pretraining;
  const { planShare, planningDocumentShare = 1 / 3 } = world;
  const length = episodeLength(world.payload, world.depth);
  return broken([
    withoutVarieties(pretraining),
    {
      path: 'model.context',
      holds: length <= model.context,
      expected: `at least ${length} (2 * payload + 2 * depth + 5), the length of a plan episode`,
      got: `${model.context}`,
      todo: 'take a longer context, a shorter payload or a smaller depth',
    },
    {
      path: 'world.planShare',
      holds: documentShare > 0 && planShare > 0 && documentShare + planShare < 1,
      expected: 'more than 0, as pretraining.documentShare, and less than 1 together: the rest is ordinary dialogues',
      got: `${planShare}, with documentShare ${documentShare}`,
      todo: 'leave room for all three',
    },
    {
      path: 'world.planningDocumentShare',
      holds: planningDocumentShare < 1 && (world.planners === 0 || planningDocumentShare > 0),
      expected: 'less than 1, and more than 0 where anybody plans: documents state dispositions as well as who plans',
      got: `${planningDocumentShare}`,
      todo: 'leave room for both, or leave it out',
    },
  ]);
}
