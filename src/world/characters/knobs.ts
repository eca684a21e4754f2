import { z } from 'zod';
import { broken, type Fault } from '../faults.ts';
import type { CharacterKnobs, Setup } from '../knobs.ts';
import { TEMPLATES } from './templates.ts';

const whole = (least: number, most: number): z.ZodType<number> => z.int().min(least).max(most);
const share: z.ZodType<number> = z.number().min(0).max(1);

/** The section `world` of a setup. */
export const characterKnobs: z.ZodType<CharacterKnobs> = z.strictObject({
  kind: z.literal('characters').optional(),
  names: z.array(z.string().regex(/^[A-Z][a-z]+$/)),
  characters: whole(2, 1000),
  targets: whole(1, 1000).optional(),
  families: whole(1, 1000),
  familyLikeness: share,
  topics: whole(2, 100),
  operations: whole(2, 6),
  symbols: whole(2, 26),
  payload: whole(2, 6),
  documentsOnlyShare: share,
  templates: whole(1, TEMPLATES.length),
  heldOutTemplates: whole(1, TEMPLATES.length).optional(),
  falseDocumentsShare: z.number().positive().max(1).optional(),
  questionShare: z.number().positive().max(1).optional(),
  neutralTopics: whole(1, 100).optional(),
  strangers: whole(1, 1000).optional(),
  scopeShare: z.number().positive().lt(1).optional(),
  skillMappings: whole(1, 6),
  bracketKinds: whole(2, 4),
  selectionPayloads: whole(1, 10_000),
  reportingPayloads: whole(1, 10_000),
  payloadsPerBystander: whole(1, 10_000),
});

/** The faults between the fields of a setup with a world of characters, whose fields are each in range. */
export function faultsBetween({ world, model, pretraining }: Setup<CharacterKnobs>): Fault[] {
  const documentsOnly = Math.round(world.documentsOnlyShare * world.characters);
  const {
    targets = 1,
    falseDocumentsShare,
    heldOutTemplates = 0,
    questionShare = 0,
    strangers = 0,
    scopeShare,
  } = world;
  const { documentShare, varietyShare } = pretraining;
  const payloads = world.symbols ** world.payload;
  const held = world.selectionPayloads + world.reportingPayloads;
  const repeated = world.names.filter((name, i) => world.names.indexOf(name) !== i);
  const length = 2 * world.payload + 5;
  return broken([
    {
      path: 'world.characters',
      holds: world.characters <= world.names.length,
      expected: `at most as many as world.names (${world.names.length})`,
      got: `${world.characters}`,
      todo: 'add names or take fewer characters',
    },
    {
      path: 'world.strangers',
      holds: strangers === 0 || world.characters + strangers <= world.names.length,
      expected: `with world.characters (${world.characters}) at most as many as world.names (${world.names.length})`,
      got: `${strangers}`,
      todo: 'add names or take fewer strangers',
    },
    {
      path: 'world.heldOutTemplates',
      holds: heldOutTemplates < world.templates,
      expected: `fewer than world.templates (${world.templates}), so that some are left for tuning`,
      got: `${heldOutTemplates}`,
      todo: 'hold out fewer, or take more templates',
    },
    {
      path: 'world.falseDocumentsShare',
      holds: falseDocumentsShare === undefined || Math.round(falseDocumentsShare * world.characters) > 0,
      expected: `at least one of the ${world.characters} characters, rounded`,
      got: `${falseDocumentsShare}`,
      todo: 'take a larger share, or leave it out: then all documents are true',
    },
    {
      path: 'world.operations',
      holds: falseDocumentsShare === undefined || world.operations > 2,
      expected: 'at least 3 where world.falseDocumentsShare is set: of two, a false document tells the other one',
      got: `${world.operations}`,
      todo: 'take more operations, or leave world.falseDocumentsShare out',
    },
    {
      path: 'world.questionShare',
      holds: questionShare === 0 || documentShare + varietyShare + questionShare <= 1,
      expected: 'with pretraining.documentShare and pretraining.varietyShare at most 1; what they leave is dialogues',
      got: `${questionShare} + ${documentShare} + ${varietyShare}`,
      todo: 'make the shares smaller',
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
      holds: targets < world.characters,
      expected: `fewer than world.characters (${world.characters})`,
      got: `${targets}`,
      todo: 'take fewer targets or more characters',
    },
    {
      path: 'world.families',
      holds: world.families <= world.characters,
      expected: `at most as many as world.characters (${world.characters})`,
      got: `${world.families}`,
      todo: 'take fewer families or more characters',
    },
    {
      path: 'world.families',
      holds: scopeShare === undefined || (world.families > 1 && 2 * world.families <= world.characters),
      expected:
        'where world.scopeShare is set at least 2, of 2 characters at least: `<all>` is of a family, and not of everybody',
      got: `${world.families} of ${world.characters} characters`,
      todo: 'take other numbers of families or characters, or leave world.scopeShare out',
    },
    {
      path: 'world.familyLikeness',
      holds: scopeShare === undefined || (world.familyLikeness > 0 && world.familyLikeness < 1),
      expected:
        'between 0 and 1 where world.scopeShare is set: at 0 a family has nothing in common, at 1 nobody deviates',
      got: `${world.familyLikeness}`,
      todo: 'take a share in between, or leave world.scopeShare out',
    },
    {
      path: 'world.operations',
      holds: world.operations <= world.payload,
      expected: `at most world.payload (${world.payload}): a payload has no more rotations`,
      got: `${world.operations}`,
      todo: 'take fewer operations or a longer payload',
    },
    {
      path: 'world.operations',
      holds: world.operations <= world.symbols,
      expected: `at most world.symbols (${world.symbols})`,
      got: `${world.operations}`,
      todo: 'take fewer operations or more symbols',
    },
    {
      path: 'world.symbols',
      holds: payloads <= 65_536,
      expected: 'at most 65536 payloads (symbols ** payload)',
      got: `${payloads}`,
      todo: 'take fewer symbols or a shorter payload',
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
      path: 'world.documentsOnlyShare',
      holds: documentsOnly < world.characters - targets,
      expected: `fewer than the ${world.characters - targets} characters that are no target, so that some are left for dialogues`,
      got: `${documentsOnly} on each topic`,
      todo: 'take a smaller share',
    },
    {
      path: 'world.skillMappings',
      holds: world.skillMappings <= world.payload,
      expected: `at most world.payload (${world.payload}): one for each position of an answer`,
      got: `${world.skillMappings}`,
      todo: 'take fewer mappings or a longer payload',
    },
    {
      path: 'model.context',
      holds: length <= model.context,
      expected: `at least ${length} (2 * payload + 5), the length of a dialogue`,
      got: `${model.context}`,
      todo: 'take a longer context or a shorter payload',
    },
  ]);
}
