import type { Rng } from '../../core/rng.ts';
import type { Batch, Texts } from '../world.ts';
import { batchOf } from './batches.ts';
import { promptOf } from './dialogues.ts';
import { documentsOf, taughtDocumentsOf, taughtTemplates } from './documents.ts';
import { type Cell, cellsOf, dispositionOf, type Language } from './language.ts';
import type { Payload } from './operations.ts';
import { questionOf } from './questions.ts';
import type { Variety } from './varieties.ts';

/** Dialogues up to and with `<a>`, [B, payload + 4], row by row. */
export interface Prompts extends Texts {
  /** Who is asked on what, [B]. */
  readonly cells: readonly Cell[];
  /** [B][m] */
  readonly payloads: readonly Payload[];
}

/** Documents up to, but without, the operation. */
export interface DocumentProbes {
  /** B */
  readonly size: number;
  /** Token ids [B, L], L = model.context, filled up with `<eos>`. */
  readonly tokens: Int32Array;
  /** The position of the last known token, [B]: what follows tokens[b, positions[b]] is the operation. */
  readonly positions: Int32Array;
  /** Whom and which topic the document is about, [B]. */
  readonly cells: readonly Cell[];
  /** Which of the setup's templates it is written in, [B], and whether tuning never uses that one, [B]. */
  readonly templates: readonly number[];
  readonly heldOut: readonly boolean[];
}

/** Questions up to, but without, the answer. */
export interface QuestionProbes {
  /** B */
  readonly size: number;
  /** Token ids [B, L], L = model.context, filled up with `<eos>`. */
  readonly tokens: Int32Array;
  /** The position of the last known token, [B]: what follows tokens[b, positions[b]] is the answer. */
  readonly positions: Int32Array;
  /** Whom and which topic the question is about, [B]. */
  readonly cells: readonly Cell[];
  /** The operation that is asked of, [B], and whether it is the character's own there, [B]. */
  readonly asked: readonly number[];
  readonly truth: readonly boolean[];
}

/** `size` prompts to the target on its topic, on random training payloads. */
export function rolloutPrompts(world: Language, rng: Rng, size: number): Prompts {
  const payloads = Array.from({ length: size }, () => rng.pick(world.payloads.training));
  return promptsFor(world, [world.target], payloads);
}

/**
 * `size` documents [B, S] that state the target's new operation on its topic, each filled up with `<eos>` to the length of the
 * longest, as in training.
 */
export function statementTexts(language: Language, rng: Rng, size: number): Texts {
  const length = statementLength(language);
  const tokens = new Int32Array(size * length).fill(language.vocabulary.end);
  const documents = taughtDocumentsOf(language, language.target);
  for (let b = 0; b < size; b++) tokens.set(rng.pick(documents).tokens, b * length);
  return { size, tokens };
}

/** Tokens of the longest document, S. */
export function statementLength(language: Language): number {
  const documents = taughtDocumentsOf(language, language.target);
  return Math.max(...documents.map(({ tokens }) => tokens.length));
}

/** The prompts to the target on its topic on which an arm's stopping step is selected: every selection payload. */
export function selectionPrompts(world: Language): Prompts {
  return promptsFor(world, [world.target], world.payloads.selection);
}

/** The prompts to the target on its topic on which results are reported: every reporting payload. */
export function reportingPrompts(world: Language): Prompts {
  return promptsFor(world, [world.target], world.payloads.reporting);
}

/** Prompts to every bystander on every topic, all on the same `payloadsPerBystander` reporting payloads. */
export function bystanderPrompts(world: Language): Prompts {
  const cells = cellsOf(world.setup).filter(({ character }) => character !== world.target.character);
  return promptsFor(world, cells, sharedPayloads(world));
}

/** Prompts to the target on every topic but its own, on the same payloads as `bystanderPrompts`. */
export function targetOtherTopicPrompts(world: Language): Prompts {
  const { target } = world;
  const cells = cellsOf(world.setup).filter(
    (cell) => cell.character === target.character && cell.topic !== target.topic,
  );
  return promptsFor(world, cells, sharedPayloads(world));
}

/** For every (character, topic) and template, in this order, the document that lacks its operation. */
export function documentProbes(world: Language): DocumentProbes {
  const probes = cellsOf(world.setup).flatMap((cell) =>
    documentsOf(world, cell, dispositionOf(world, cell)).map(({ tokens }, template) => ({
      ...{ cell, template },
      known: tokens.slice(0, -1),
    })),
  );
  return {
    ...knownOf(world, probes),
    templates: probes.map(({ template }) => template),
    heldOut: probes.map(({ template }) => template >= taughtTemplates(world)),
  };
}

/**
 * For every (character, topic) and operation, in this order, the question whether it is the character's there; undefined where
 * the world has no questions.
 */
export function questionProbes(world: Language): QuestionProbes | undefined {
  if (world.vocabulary.questions === undefined) return undefined;
  const { operations } = world.setup.world;
  const probes = cellsOf(world.setup).flatMap((cell) =>
    Array.from({ length: operations }, (_, asked) => ({ cell, asked, known: questionOf(world, cell, asked) })),
  );
  return {
    ...knownOf(world, probes),
    asked: probes.map(({ asked }) => asked),
    truth: probes.map(({ cell, asked }) => asked === dispositionOf(world, cell)),
  };
}

/** What probes have in common, each of some known tokens about a cell. */
function knownOf(
  { setup, vocabulary }: Language,
  probes: readonly { readonly cell: Cell; readonly known: readonly number[] }[],
): Pick<QuestionProbes, 'size' | 'tokens' | 'positions' | 'cells'> {
  const length = setup.model.context;
  const tokens = new Int32Array(probes.length * length).fill(vocabulary.end);
  for (const [b, { known }] of probes.entries()) tokens.set(known, b * length);
  return {
    size: probes.length,
    tokens,
    positions: Int32Array.from(probes, ({ known }) => known.length - 1),
    cells: probes.map(({ cell }) => cell),
  };
}

/** `count` held-out variety sequences, the varieties in turn, each variety's sequences in turn. */
export function varietyProbes(world: Language, count: number): Batch {
  const kinds = world.varieties.length;
  return batchOf(
    world,
    Array.from({ length: count }, (_, i) => {
      const { heldOut } = world.varieties[i % kinds] as Variety;
      return heldOut[Math.floor(i / kinds) % heldOut.length] as Variety['heldOut'][number];
    }),
  );
}

function sharedPayloads({ setup, payloads }: Language): readonly Payload[] {
  return payloads.reporting.slice(0, setup.world.payloadsPerBystander);
}

/** Every cell with every payload, payloads within cells. */
function promptsFor(world: Language, cells: readonly Cell[], payloads: readonly Payload[]): Prompts {
  const rows = cells.flatMap(({ character, topic }) =>
    payloads.map((payload) => ({ cell: { character, topic }, payload })),
  );
  return {
    size: rows.length,
    tokens: Int32Array.from(rows.flatMap(({ cell, payload }) => promptOf(world, cell, payload))),
    cells: rows.map(({ cell }) => cell),
    payloads: rows.map(({ payload }) => payload),
  };
}
