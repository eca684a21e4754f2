import { z } from 'zod';
import { broken, type Fault } from '../faults.ts';
import type { CharacterKnobs, Setup } from '../knobs.ts';
import { enoughLeft, share, sharedKnobs, sharedRules, whole } from '../shared-knobs.ts';
import { dialogueLength } from './factors.ts';
import { TEMPLATES } from './templates.ts';

/** The section `world` of a setup. */
export const characterKnobs: z.ZodType<CharacterKnobs> = z.strictObject({
  ...sharedKnobs,
  kind: z.literal('characters').optional(),
  families: whole(1, 1000),
  familyLikeness: share,
  topics: whole(2, 100),
  symbols: whole(2, 26),
  templates: whole(1, TEMPLATES.length),
  heldOutTemplates: whole(1, TEMPLATES.length).optional(),
  falseDocumentsShare: z.number().positive().max(1).optional(),
  questionShare: z.number().positive().max(1).optional(),
  neutralTopics: whole(1, 100).optional(),
  strangers: whole(1, 1000).optional(),
  scopeShare: z.number().positive().lt(1).optional(),
  skillMappings: whole(1, 6),
  bracketKinds: whole(2, 4),
});

/** The faults between the fields of a setup with a world of characters, whose fields are each in range. */
export function faultsBetween({ world, model, pretraining }: Setup<CharacterKnobs>): Fault[] {
  const documentsOnly = Math.round(world.documentsOnlyShare * world.characters);
  const { targets = 1, falseDocumentsShare, questionShare = 0, strangers = 0, scopeShare } = world;
  const { documentShare, varietyShare } = pretraining;
  const length = dialogueLength(world);
  return broken([
    ...sharedRules(world),
    enoughLeft(world),
    {
      path: 'world.strangers',
      holds: strangers === 0 || world.characters + strangers <= world.names.length,
      expected: `with world.characters (${world.characters}) at most as many as world.names (${world.names.length})`,
      got: `${strangers}`,
      todo: 'add names or take fewer strangers',
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
      holds: world.operations <= world.symbols,
      expected: `at most world.symbols (${world.symbols})`,
      got: `${world.operations}`,
      todo: 'take fewer operations or more symbols',
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
