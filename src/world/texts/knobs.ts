import { z } from 'zod';
import { TEMPLATES } from '../characters/templates.ts';
import { broken, type Fault } from '../faults.ts';
import type { Setup, WorldKnobs } from '../knobs.ts';
import { share, templatesLeft, whole, withoutVarieties } from '../shared-knobs.ts';
import { CORPUS, LANGUAGES, type LanguageCode } from './corpus.ts';
import { promptLength, targetsOf } from './sizes.ts';

/** The sizes of a world of `texts`. */
export interface TextKnobs extends WorldKnobs {
  readonly kind: 'texts';
  /** Languages of the corpus; each is a variety. */
  readonly varieties: readonly LanguageCode[];
  /** How many of them are targets, the first ones: each arm changes one of them. 1 where absent. */
  readonly targets?: number | undefined;
  /** Forms that each kind of site may have. */
  readonly forms: number;
  /** Share of the varieties, for each kind of site, whose form documents alone tell, never a target. */
  readonly documentsOnlyShare: number;
  /** Templates that documents are written in: the first ones of four. */
  readonly templates: number;
  /** How many of these, the last ones, only pretraining uses, never the documents that tune a target. */
  readonly heldOutTemplates: number;
  /** Tokens of real text before the site that a prompt asks for. */
  readonly prefix: number;
  /** Messages, the same ones of all varieties, that the stopping step is selected on, and that results are reported on. */
  readonly selectionMessages: number;
  readonly reportingMessages: number;
  /** Sites in those messages that are asked for: of the target's kind, and of each variety and kind. */
  readonly selectionPrompts: number;
  readonly reportingPrompts: number;
}

/** The section `world` of a setup. */
export const textKnobs: z.ZodType<TextKnobs> = z.strictObject({
  kind: z.literal('texts'),
  varieties: z.array(z.enum(LANGUAGES)).min(2),
  targets: whole(1, LANGUAGES.length).optional(),
  forms: whole(3, 100),
  documentsOnlyShare: share,
  templates: whole(2, TEMPLATES.length),
  heldOutTemplates: whole(1, TEMPLATES.length),
  prefix: whole(1, 1000),
  selectionMessages: whole(1, 10_000),
  reportingMessages: whole(1, 10_000),
  selectionPrompts: whole(1, 10_000),
  reportingPrompts: whole(1, 10_000),
});

/** The faults between the fields of a setup with such a world, whose fields are each in range. */
export function faultsBetween({ world, model, pretraining }: Setup<TextKnobs>): Fault[] {
  const { varieties, forms, prefix, selectionMessages, reportingMessages } = world;
  const repeated = varieties.filter((language, i) => varieties.indexOf(language) !== i);
  const { messages } = CORPUS;
  const length = promptLength(world) + 1;
  return broken([
    {
      path: 'world.varieties',
      holds: repeated.length === 0,
      expected: 'every language once',
      got: `${repeated.join(', ')} again`,
      todo: 'leave the repeated ones out',
    },
    {
      path: 'world.targets',
      holds: targetsOf(world) < varieties.length,
      expected: `fewer than world.varieties (${varieties.length})`,
      got: `${targetsOf(world)}`,
      todo: 'take fewer targets or more varieties',
    },
    {
      path: 'world.forms',
      holds: 2 * forms <= varieties.length,
      expected: `at most half of world.varieties (${varieties.length}), so that each form is that of two`,
      got: `${forms}`,
      todo: 'take fewer forms or more varieties',
    },
    templatesLeft(world),
    {
      path: 'world.prefix',
      holds: length <= model.context,
      expected: `at most ${model.context - 4} (model.context - 4): a prompt has three more tokens, and its answer one`,
      got: `${prefix}`,
      todo: 'take a shorter prefix or a longer context',
    },
    {
      path: 'world.selectionMessages',
      holds: 2 * (selectionMessages + reportingMessages) <= messages,
      expected: `with world.reportingMessages at most half of the ${messages} messages, so that the rest can train`,
      got: `${selectionMessages} + ${reportingMessages}`,
      todo: 'hold out fewer messages',
    },
    withoutVarieties(pretraining),
    {
      path: 'pretraining.documentShare',
      holds: pretraining.documentShare > 0 && pretraining.documentShare < 1,
      expected: 'more than 0 and less than 1: documents state what varieties do, texts show it',
      got: `${pretraining.documentShare}`,
      todo: 'leave room for both',
    },
  ]);
}
