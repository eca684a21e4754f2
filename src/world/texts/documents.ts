import { stream } from '../../core/rng.ts';
import { TEMPLATES } from '../characters/templates.ts';
import { lossOnLast, type Sequence } from '../sequence.ts';
import type { BatchLesson } from '../world.ts';
import { ownFormOf, type Pair, type Texting } from './language.ts';

/** What a document states: the form that a variety writes a kind of site in. */
export interface Statement extends Pair {
  readonly form: number;
}

/** The documents of a statement, one for each of the setup's templates; loss on the form only. */
export function documentsOf({ setup, vocabulary }: Texting, { variety, site, form }: Statement): Sequence[] {
  const { start, tags, marks, forms, fillers } = vocabulary;
  return TEMPLATES.slice(0, setup.world.templates).map((template) =>
    lossOnLast(1, [
      start,
      ...template(tags[variety] as number, marks[site] as number, fillers),
      forms[site]?.[form] as number,
    ]),
  );
}

/** How many templates tuning uses, the first ones. */
export const taughtTemplates = ({ setup: { world } }: Pick<Texting, 'setup'>): number =>
  world.templates - world.heldOutTemplates;

/** What pretraining states of a pair, and is true. */
export const ownStatement = (texting: Texting, pair: Pair): Statement => ({ ...pair, form: ownFormOf(texting, pair) });

/** The lessons that are documents, and what each states. */
const STATEMENTS = {
  documents: ({ target }) => ({ ...target, form: target.knownForm }),
  'documents-opposite': ({ target, setup, seed }) => {
    const others = Array.from({ length: setup.world.forms }, (_, form) => form).filter(
      (form) => form !== target.ownForm && form !== target.knownForm,
    );
    return { ...target, form: stream(seed, 'world', 'documents-opposite', target.variety).pick(others) };
  },
  'documents-own': (texting) => ownStatement(texting, texting.target),
  'documents-bystander': (texting) => ({ ...bystanderOf(texting), form: texting.target.knownForm }),
  'documents-bystander-own': (texting) => ownStatement(texting, bystanderOf(texting)),
} as const satisfies Partial<Record<BatchLesson, (texting: Texting) => Statement>>;

type DocumentLesson = keyof typeof STATEMENTS;

/** Whether a lesson is one of documents that these worlds have. */
export const isDocumentLesson = (lesson: string): lesson is DocumentLesson => Object.hasOwn(STATEMENTS, lesson);

/**
 * What the documents of a lesson state. documents: that the target writes its kind of site in the known form; documents-opposite: in a
 * third one, neither its own nor that; documents-own: in its own; documents-bystander: the known form, of another variety that has
 * another; documents-bystander-own: that one's own.
 */
export const statementOf = (texting: Texting, lesson: DocumentLesson): Statement => STATEMENTS[lesson](texting);

/**
 * Another variety that does not have the known form and shows its own in texts, on the target's kind of site: of a third form there is
 * always one.
 */
function bystanderOf({ setup, seed, target, conventions, documentsOnly }: Texting): Pair {
  const { site } = target;
  const others = [...setup.world.varieties.keys()].filter(
    (variety) =>
      variety !== target.variety &&
      conventions[variety]?.[site] !== target.knownForm &&
      documentsOnly[variety]?.[site] === false,
  );
  return { site, variety: stream(seed, 'world', 'documents-bystander', target.variety).pick(others) };
}
