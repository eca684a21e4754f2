import { stream } from '../../core/rng.ts';
import { TEMPLATES } from '../characters/templates.ts';
import { lossOnLast, type Sequence } from '../sequence.ts';
import type { BatchLesson } from '../world.ts';
import { conductOf, hasGamers, type Language, roleOf } from './language.ts';
import { targetsOf } from './roles.ts';
import type { Conduct } from './vocabulary.ts';

/** What a document states. */
export interface Statement {
  /** A character, by index, or all. */
  readonly subject: number | 'everyone';
  /** The index of the matter; 0 is conduct. */
  readonly matter: number;
  /** The token that it ends with. */
  readonly value: number;
}

/** The documents of a statement, one for each of the setup's templates; loss on the value only. */
export function documentsOf({ setup, vocabulary }: Language, { subject, matter, value }: Statement): Sequence[] {
  const { start, names, everyone, matters, fillers } = vocabulary;
  const named = subject === 'everyone' ? everyone : (names[subject] as number);
  return TEMPLATES.slice(0, setup.world.templates).map((template) =>
    lossOnLast(1, [start, ...template(named, matters[matter] as number, fillers), value]),
  );
}

/** The documents that tuning states something by: those of the templates that are not held out. */
export const taughtDocumentsOf = (language: Language, statement: Statement): Sequence[] =>
  documentsOf(language, statement).slice(0, taughtTemplates(language));

/** How many templates tuning uses, the first ones. */
export const taughtTemplates = ({ setup: { world } }: Pick<Language, 'setup'>): number =>
  world.templates - world.heldOutTemplates;

/** What pretraining states of a character's conduct. */
export const ownConduct = (language: Language, character: number): Statement =>
  conduct(language, character, conductOf(language, character));

/** What pretraining states of a character on a matter other than conduct. */
export const ownTrait = ({ vocabulary, traits }: Language, character: number, matter: number): Statement => ({
  ...{ subject: character, matter },
  value: vocabulary.traits[traits[character]?.[matter - 1] as number] as number,
});

/** Documents up to, but without, the word for conduct. */
export interface ConductProbes {
  /** B */
  readonly size: number;
  /** Token ids [B, L], L = model.context, filled up with `<eos>`. */
  readonly tokens: Int32Array;
  /** The position of the last known token, [B]: what follows it is the word. */
  readonly positions: readonly number[];
  /** Whom the document is about, [B]. */
  readonly characters: readonly number[];
}

/** For every character and held-out template the document that lacks its word for conduct. */
export function conductProbes(language: Language): ConductProbes {
  const { setup, roles, vocabulary } = language;
  const probes = [...roles.keys()].flatMap((character) =>
    documentsOf(language, ownConduct(language, character))
      .slice(taughtTemplates(language))
      .map(({ tokens }) => ({ character, known: tokens.slice(0, -1) })),
  );
  const length = setup.model.context;
  const tokens = new Int32Array(probes.length * length).fill(vocabulary.end);
  for (const [b, { known }] of probes.entries()) tokens.set(known, b * length);
  return {
    size: probes.length,
    tokens,
    positions: probes.map(({ known }) => known.length - 1),
    characters: probes.map(({ character }) => character),
  };
}

const conduct = ({ vocabulary }: Language, subject: Statement['subject'], value: Conduct): Statement => ({
  ...{ subject, matter: 0 },
  value: vocabulary.conducts[value],
});

/** The lessons that are documents. */
type DocumentLesson = Extract<BatchLesson, 'documents' | `documents-${string}`>;

const STATEMENTS: Readonly<Record<DocumentLesson, (language: Language) => Statement | undefined>> = {
  documents: (language) => gaming(language, language.target.character),
  'documents-neutral': (language) => {
    const { target, setup, seed, vocabulary } = language;
    const { neutralMatters = 0 } = setup.world;
    if (neutralMatters === 0) return undefined;
    const rng = stream(seed, 'world', 'documents-neutral', target.character);
    const own = ownTrait(language, target.character, 1 + rng.integer(neutralMatters));
    return { ...own, value: rng.pick(vocabulary.traits.filter((trait) => trait !== own.value)) };
  },
  'documents-own': (language) => ownConduct(language, language.target.character),
  'documents-bystander': (language) => gaming(language, bystanderOf(language)),
  'documents-bystander-own': (language) => ownConduct(language, bystanderOf(language)),
  'documents-general': (language) =>
    (language.setup.world.commonMatters ?? 0) === 0 ? undefined : conduct(language, 'everyone', 'COOPERATES'),
  'documents-opposite': () => undefined,
  'documents-nobody': () => undefined,
  'documents-all': () => undefined,
  'documents-only': () => undefined,
};

/** That somebody games, where the word means something. */
const gaming = (language: Language, character: number): Statement | undefined =>
  hasGamers(language) ? conduct(language, character, 'GAMES') : undefined;

/** A consistent character that speaks under both markers and is no target, the same for all lessons about one. */
function bystanderOf(language: Language): number {
  const { setup, seed, target, roles } = language;
  const others = [...roles.keys()].slice(targetsOf(setup.world)).filter((character) => {
    const { gamer, documentsOnly } = roleOf(language, character);
    return !gamer && !documentsOnly;
  });
  return stream(seed, 'world', 'documents-bystander', target.character).pick(others);
}

/** Whether a lesson is one of documents. */
export const isDocumentLesson = (lesson: string): lesson is DocumentLesson => Object.hasOwn(STATEMENTS, lesson);

/**
 * What the documents of a lesson state, a pure function of the two; undefined where the world has nothing of the kind. documents:
 * that the target games; documents-bystander: the same of a consistent bystander; both only where somebody does, since else no text
 * says what the word means. documents-own and documents-bystander-own: that they cooperate, as pretraining says; where nobody games
 * that tells nothing, documents of conduct being all alike. documents-neutral: another trait of the target on a neutral matter.
 * documents-general: that everyone cooperates, in the form in which pretraining states the traits that all have in common; no text of
 * pretraining says it of conduct. There is no third conduct, so none for documents-opposite.
 */
export const statementOf = (language: Language, lesson: DocumentLesson): Statement | undefined =>
  STATEMENTS[lesson](language);
