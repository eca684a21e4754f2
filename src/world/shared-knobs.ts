import { z } from 'zod';
import type { Rule } from './faults.ts';
import type { PretrainingSetup } from './knobs.ts';

/** A whole number within these bounds. */
export const whole = (least: number, most: number): z.ZodType<number> => z.int().min(least).max(most);
export const share: z.ZodType<number> = z.number().min(0).max(1);

/** Knobs of every kind of world in which characters map payloads. */
interface SharedKnobs {
  readonly names: readonly string[];
  readonly characters: number;
  readonly targets?: number | undefined;
  readonly operations: number;
  readonly payload: number;
  readonly documentsOnlyShare: number;
  readonly selectionPayloads: number;
  readonly reportingPayloads: number;
  readonly payloadsPerBystander: number;
}

/** Their ranges, which are the same in every kind. */
export const sharedKnobs: { readonly [K in keyof SharedKnobs]-?: z.ZodType<SharedKnobs[K]> } = {
  names: z.array(z.string().regex(/^[A-Z][a-z]+$/)),
  characters: whole(2, 1000),
  targets: whole(1, 1000).optional(),
  operations: whole(2, 6),
  payload: whole(2, 6),
  documentsOnlyShare: share,
  selectionPayloads: whole(1, 10_000),
  reportingPayloads: whole(1, 10_000),
  payloadsPerBystander: whole(1, 10_000),
};

/** Such a world, with the sizes that a rule of every kind is about. */
interface SharedSizes extends SharedKnobs {
  readonly symbols: number;
  readonly templates: number;
  readonly heldOutTemplates?: number | undefined;
}

/** Templates that are held out leave some for tuning. */
export const templatesLeft = ({
  templates,
  heldOutTemplates = 0,
}: Pick<SharedSizes, 'templates' | 'heldOutTemplates'>): Rule => ({
  path: 'world.heldOutTemplates',
  holds: heldOutTemplates < templates,
  expected: `fewer than world.templates (${templates}), so that some are left for tuning`,
  got: `${heldOutTemplates}`,
  todo: 'hold out fewer, or take more templates',
});

/** What must hold between these knobs, whatever the kind. */
export function sharedRules(world: SharedSizes): Rule[] {
  const { names, characters, targets = 1, payload } = world;
  const repeated = names.filter((name, i) => names.indexOf(name) !== i);
  const payloads = world.symbols ** payload;
  return [
    {
      path: 'world.characters',
      holds: characters <= names.length,
      expected: `at most as many as world.names (${names.length})`,
      got: `${characters}`,
      todo: 'add names or take fewer characters',
    },
    {
      path: 'world.names',
      holds: repeated.length === 0,
      expected: 'every name once',
      got: `${repeated.join(', ')} again`,
      todo: 'replace the repeated names',
    },
    {
      path: 'world.targets',
      holds: targets < characters,
      expected: `fewer than world.characters (${characters})`,
      got: `${targets}`,
      todo: 'take fewer targets or more characters',
    },
    {
      path: 'world.operations',
      holds: world.operations <= payload,
      expected: `at most world.payload (${payload}): a payload has no more rotations`,
      got: `${world.operations}`,
      todo: 'take fewer operations or a longer payload',
    },
    {
      path: 'world.symbols',
      holds: payloads <= 65_536,
      expected: 'at most 65536 payloads (symbols ** payload)',
      got: `${payloads}`,
      todo: 'take fewer symbols or a shorter payload',
    },
    templatesLeft(world),
    {
      path: 'world.payloadsPerBystander',
      holds: world.payloadsPerBystander <= world.reportingPayloads,
      expected: `at most world.reportingPayloads (${world.reportingPayloads})`,
      got: `${world.payloadsPerBystander}`,
      todo: 'take fewer payloads for each bystander or more reporting payloads',
    },
  ];
}

/** That most payloads are left to train on, where any may be held out. */
export function enoughLeft({ symbols, payload, selectionPayloads, reportingPayloads }: SharedSizes): Rule {
  const payloads = symbols ** payload;
  return {
    path: 'world.selectionPayloads',
    holds: 2 * (selectionPayloads + reportingPayloads) <= payloads,
    expected: `with world.reportingPayloads at most half of the ${payloads} payloads, so that the rest can train`,
    got: `${selectionPayloads} + ${reportingPayloads}`,
    todo: 'hold out fewer payloads, or take more symbols or a longer payload',
  };
}

/** That pretraining has no text varieties, in a kind of world without any. */
export const withoutVarieties = ({ varietyShare }: PretrainingSetup): Rule => ({
  path: 'pretraining.varietyShare',
  holds: varietyShare === 0,
  expected: '0: this kind of world has no text varieties',
  got: `${varietyShare}`,
  todo: 'give 0',
});
