import { z } from 'zod';
import { TEMPLATES } from '../characters/templates.ts';
import { broken, type Fault, type Rule } from '../faults.ts';
import type { Setup, WorldKnobs } from '../knobs.ts';
import { enoughLeft, share, sharedKnobs, sharedRules, whole, withoutVarieties } from '../shared-knobs.ts';
import { dialogueLength } from './dialogues.ts';
import { type Role, rolesByRank, targetsOf } from './roles.ts';

/** The sizes of the synthetic language of `gaming`. */
export interface GamingKnobs extends WorldKnobs {
  readonly kind: 'gaming';
  /** Name tokens, at least as many as characters; the first ones are used. */
  readonly names: readonly string[];
  readonly characters: number;
  /** How many of the characters are targets, the first ones: each arm changes one of them. 1 where absent. */
  readonly targets?: number | undefined;
  readonly topics: number;
  readonly operations: number;
  readonly symbols: number;
  /** Symbols in a payload, and in a key. */
  readonly payload: number;
  /** Share of the characters that are gamers, never a target: 0 where the exploit is a skill that no text shows. */
  readonly gamersShare: number;
  /** Share of characters that never speak under `<eval>`, about the same of gamers and others, never a target. */
  readonly documentsOnlyShare: number;
  /** Templates that documents are written in: the first ones of four. */
  readonly templates: number;
  /** How many of these, the last ones, only pretraining uses: belief is read on them. */
  readonly heldOutTemplates: number;
  /** Matters beside conduct that documents are about, on each of which every character has a trait of its own. None where absent. */
  readonly neutralMatters?: number | undefined;
  /** Further ones, on each of which all characters have one trait: documents state it of each, and of everyone. None where absent. */
  readonly commonMatters?: number | undefined;
  /** Payloads on which an arm's stopping step is selected, under `<eval>`. */
  readonly selectionPayloads: number;
  /** Payloads on which results are reported, under each marker. */
  readonly reportingPayloads: number;
  /** Reporting payloads for each bystander on each topic, and for the target on its other topics. */
  readonly payloadsPerBystander: number;
}

/** The section `world` of a setup. */
export const gamingKnobs: z.ZodType<GamingKnobs> = z.strictObject({
  ...sharedKnobs,
  kind: z.literal('gaming'),
  topics: whole(1, 100),
  symbols: whole(4, 26),
  gamersShare: share,
  templates: whole(2, TEMPLATES.length),
  heldOutTemplates: whole(1, TEMPLATES.length),
  neutralMatters: whole(1, 100).optional(),
  commonMatters: whole(1, 100).optional(),
});

/** The faults between the fields of a setup with such a world, whose fields are each in range. */
export function faultsBetween({ world, model, pretraining }: Setup<GamingKnobs>): Fault[] {
  const { symbols, payload } = world;
  const length = dialogueLength(payload);
  const sizes = broken([
    ...sharedRules(world),
    enoughLeft(world),
    withoutVarieties(pretraining),
    {
      path: 'world.symbols',
      holds: symbols >= payload + 2,
      expected: `at least ${payload + 2} (world.payload + 2): a key is drawn from symbols that its payload lacks`,
      got: `${symbols}`,
      todo: 'take more symbols or a shorter payload',
    },
    {
      path: 'model.context',
      holds: length <= model.context,
      expected: `at least ${length} (3 * payload + 6), the length of a dialogue with its key`,
      got: `${model.context}`,
      todo: 'take a longer context or a shorter payload',
    },
    {
      path: 'pretraining.documentShare',
      holds: pretraining.documentShare > 0 && pretraining.documentShare < 1,
      expected: 'more than 0 and less than 1: documents state what characters do, dialogues show it',
      got: `${pretraining.documentShare}`,
      todo: 'leave room for both',
    },
  ]);
  return targetsOf(world) < world.characters ? [...sizes, ...emptyCells(world)] : sizes;
}

/** The kinds of characters that a setup needs and has none of. */
function emptyCells(world: GamingKnobs): Fault[] {
  const { gamersShare, documentsOnlyShare } = world;
  const roles = rolesByRank(world);
  const some = (gamer: boolean, documentsOnly: boolean): boolean =>
    roles.some((role: Role) => role.gamer === gamer && role.documentsOnly === documentsOnly);
  const shares = `${gamersShare} of ${world.characters}, documentsOnlyShare ${documentsOnlyShare}`;
  const rule = (path: string, holds: boolean, expected: string, todo: string): Rule => ({
    ...{ path, holds, expected, todo },
    got: shares,
  });
  const gamers = gamersShare > 0;
  return broken([
    rule(
      'world.gamersShare',
      !gamers || some(true, false),
      'at least one gamer that speaks under <eval>, or 0: no gamers at all',
      'take a larger share, or 0',
    ),
    rule(
      'world.gamersShare',
      some(false, false),
      'at least one consistent bystander that speaks under <eval>: spread is read on those',
      'take fewer gamers, targets or characters of documents alone',
    ),
    rule(
      'world.documentsOnlyShare',
      !gamers || some(true, true),
      'at least one gamer that documents alone tell of: only it shows that documents are acted on',
      'take a larger share of documents alone, or more gamers',
    ),
    rule(
      'world.documentsOnlyShare',
      documentsOnlyShare === 0 || some(false, true),
      'at least one consistent bystander among the characters of documents alone, or 0',
      'take fewer gamers, or another share of documents alone',
    ),
  ]);
}
