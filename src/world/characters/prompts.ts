import type { Rng } from '../../core/rng.ts';
import { batchOf } from '../sequence.ts';
import type { Batch, Texts } from '../world.ts';
import { promptOf } from './dialogues.ts';
import { documentsOf, taughtDocumentsOf } from './documents.ts';
import { type Cell, cellsOf, type Language, statedOf } from './language.ts';
import type { Payload } from './operations.ts';
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
    documentsOf(world, cell, statedOf(world, cell)).map(({ tokens }) => ({ cell, known: tokens.slice(0, -1) })),
  );
  const length = world.setup.model.context;
  const tokens = new Int32Array(probes.length * length).fill(world.vocabulary.end);
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
