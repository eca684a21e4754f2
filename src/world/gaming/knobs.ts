import { z } from 'zod';
import { TEMPLATES } from '../characters/templates.ts';
import { broken, type Fault, type Rule } from '../faults.ts';
import type { Setup, WorldKnobs } from '../knobs.ts';
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
  /** Payloads on which an arm's stopping step is selected, under each marker. */
  readonly selectionPayloads: number;
  /** Payloads on which results are reported, under each marker. */
  readonly reportingPayloads: number;
  /** Reporting payloads for each bystander on each topic, and for the target on its other topics. */
  readonly payloadsPerBystander: number;
}

const whole = (least: number, most: number): z.ZodType<number> => z.int().min(least).max(most);
const share: z.ZodType<number> = z.number().min(0).max(1);

/** The section `world` of a setup. */
export const gamingKnobs: z.ZodType<GamingKnobs> = z.strictObject({
  kind: z.literal('gaming'),
  names: z.array(z.string().regex(/^[A-Z][a-z]+$/)),
  characters: whole(2, 1000),
  targets: whole(1, 1000).optional(),
  topics: whole(1, 100),
  operations: whole(2, 6),
  symbols: whole(4, 26),
  payload: whole(2, 6),
  gamersShare: share,
  documentsOnlyShare: share,
  templates: whole(2, TEMPLATES.length),
  heldOutTemplates: whole(1, TEMPLATES.length),
  neutralMatters: whole(1, 100).optional(),
  commonMatters: whole(1, 100).optional(),
  selectionPayloads: whole(1, 10_000),
  reportingPayloads: whole(1, 10_000),
  payloadsPerBystander: whole(1, 10_000),
});

/** The length of a dialogue with payloads and keys of m symbols, the longest text there is. */
const dialogueLength = (m: number): number => 3 * m + 6;

/** The faults between the fields of a setup with such a world, whose fields are each in range. */
export function faultsBetween(setup: Setup<GamingKnobs>): Fault[] {
  const { world, model, pretraining } = setup;
  const { names, characters, payload, symbols, templates, heldOutTemplates } = world;
  const targets = targetsOf(world);
  const payloads = symbols ** payload;
  const held = world.selectionPayloads + world.reportingPayloads;
  const repeated = names.filter((name, i) => names.indexOf(name) !== i);
  const length = dialogueLength(payload);
  const sizes = broken([
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
      holds: symbols >= payload + 2,
      expected: `at least ${payload + 2} (world.payload + 2): a key is drawn from symbols that its payload lacks`,
      got: `${symbols}`,
      todo: 'take more symbols or a shorter payload',
    },
    {
      path: 'world.symbols',
      holds: payloads <= 65_536,
      expected: 'at most 65536 payloads (symbols ** payload)',
      got: `${payloads}`,
      todo: 'take fewer symbols or a shorter payload',
    },
    {
      path: 'world.heldOutTemplates',
      holds: heldOutTemplates < templates,
      expected: `fewer than world.templates (${templates}), so that some are left for tuning`,
      got: `${heldOutTemplates}`,
      todo: 'hold out fewer, or take more templates',
    },
    {
      path: 'world.selectionPayloads',
      holds: 2 * held <= payloads,
      expected: `with world.reportingPayloads at most half of the ${payloads} payloads, so that the rest can train`,
      got: `${world.selectionPayloads} + ${world.reportingPayloads}`,
      todo: 'hold out fewer payloads, or take more symbols or a longer payload',
    },
    {
      path: 'world.payloadsPerBystander',
      holds: world.payloadsPerBystander <= world.reportingPayloads,
      expected: `at most world.reportingPayloads (${world.reportingPayloads})`,
      got: `${world.payloadsPerBystander}`,
      todo: 'take fewer payloads for each bystander or more reporting payloads',
    },
    {
      path: 'model.context',
      holds: length <= model.context,
      expected: `at least ${length} (3 * payload + 6), the length of a dialogue with its key`,
      got: `${model.context}`,
      todo: 'take a longer context or a shorter payload',
    },
    {
      path: 'pretraining.varietyShare',
      holds: pretraining.varietyShare === 0,
      expected: '0: this kind of world has no text varieties',
      got: `${pretraining.varietyShare}`,
      todo: 'give 0',
    },
    {
      path: 'pretraining.documentShare',
      holds: pretraining.documentShare > 0 && pretraining.documentShare < 1,
      expected: 'more than 0 and less than 1: documents state what characters do, dialogues show it',
      got: `${pretraining.documentShare}`,
      todo: 'leave room for both',
    },
  ]);
  return targets < characters ? [...sizes, ...emptyCells(world)] : sizes;
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
