import { InvariantError } from '../../core/errors.ts';
import { type Rng, stream } from '../../core/rng.ts';
import type { Setup } from '../knobs.ts';
import { type Ciphered, drawCipher } from './cipher.ts';
import { corpus } from './corpus.ts';
import type { TextKnobs } from './knobs.ts';
import { messagesOf, SITES, type Units } from './sites.ts';
import { targetsOf } from './sizes.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** A variety and a kind of site, by index. */
export interface Pair {
  readonly variety: number;
  readonly site: number;
}

/** The variety that is changed, and the kind of site that it is changed on. */
export interface Target extends Pair {
  /** The form that its texts have, and the one that arms of s = 0 train, which texts of other varieties have; both are forms' indices. */
  readonly ownForm: number;
  readonly knownForm: number;
}

/** Real text in several varieties, with the forms that a world draws for them. */
export interface Texting {
  readonly setup: Setup<TextKnobs>;
  readonly seed: number;
  readonly vocabulary: Vocabulary;
  /** The form of each variety on each kind of site, an index of its forms, [N][K]. */
  readonly conventions: readonly (readonly number[])[];
  /** Pairs whose form documents alone tell, never one of a target: its texts leave such sites out, [N][K]. */
  readonly documentsOnly: readonly (readonly boolean[])[];
  readonly target: Target;
  /** A partition of the messages by index, the same for all varieties, each part in random order. */
  readonly messages: Readonly<Record<Part, readonly number[]>>;
  /** What a rising skill trains the target to write after each letter, [A letters]. */
  readonly cipher: readonly Ciphered[];
}

/** What messages are for: only those of training are trained on. */
export type Part = 'training' | 'selection' | 'reporting';

/**
 * The conventions of a setup and a seed, a pure function of the two: each part is drawn from a stream of its own. Target t is variety t,
 * and what is drawn for another target differs in nothing else. Throws `InvariantError` for a target that the setup does not have.
 */
export function drawTexting(setup: Setup<TextKnobs>, seed: number, target = 0): Texting {
  const { world } = setup;
  if (!(target < targetsOf(world)))
    throw new InvariantError(`the world has ${targetsOf(world)} targets, and none at ${target}`);
  const conventions = drawConventions(world, stream(seed, 'world', 'conventions'));
  const rng = stream(seed, 'world', 'target', target);
  const site = rng.integer(SITES.length);
  const ownForm = conventions[target]?.[site] as number;
  const others = Array.from({ length: world.forms }, (_, form) => form).filter((form) => form !== ownForm);
  const messages = drawMessages(world, stream(seed, 'world', 'messages'));
  const written = messagesOf(world.varieties[target] as (typeof world.varieties)[number]);
  const training = messages.training.map((message) => written[message] as Units);
  return {
    ...{ setup, seed, conventions, messages },
    vocabulary: vocabularyOf(world),
    documentsOnly: drawDocumentsOnly(world, conventions, stream(seed, 'world', 'documents-only')),
    target: { variety: target, site, ownForm, knownForm: rng.pick(others) },
    cipher: drawCipher(training, site, others, stream(seed, 'world', 'cipher', target)),
  };
}

/** Every pair of a variety and a kind of site, sites within varieties. */
export const pairsOf = ({ world: { varieties } }: Setup<TextKnobs>): Pair[] =>
  varieties.flatMap((_, variety) => SITES.map((_, site) => ({ variety, site })));

/** The form of a pair, an index. Throws `InvariantError` where the world has no such pair. */
export function ownFormOf({ conventions }: Pick<Texting, 'conventions'>, { variety, site }: Pair): number {
  const form = conventions[variety]?.[site];
  if (form === undefined) throw new InvariantError(`the world has no variety ${variety} with a site ${site}`);
  return form;
}

/** Every form is that of about as many varieties. */
function drawConventions({ varieties, forms }: TextKnobs, rng: Rng): number[][] {
  const bySite = SITES.map(() => rng.shuffle(varieties.map((_, i) => i % forms)));
  return varieties.map((_, variety) => bySite.map((drawn) => drawn[variety] as number));
}

/** As many varieties for each kind of site, such that some other variety's texts still show each form. */
function drawDocumentsOnly(world: TextKnobs, conventions: Texting['conventions'], rng: Rng): boolean[][] {
  const hidden = world.varieties.map(() => SITES.map(() => false));
  const most = Math.round(world.documentsOnlyShare * world.varieties.length);
  for (const site of SITES.keys()) {
    let count = 0;
    for (const variety of rng.shuffle([...world.varieties.keys()])) {
      const form = conventions[variety]?.[site];
      const isShown = (other: number): boolean =>
        other !== variety && conventions[other]?.[site] === form && hidden[other]?.[site] === false;
      if (count === most || variety < targetsOf(world) || !world.varieties.some((_, other) => isShown(other))) continue;
      (hidden[variety] as boolean[])[site] = true;
      count++;
    }
  }
  return hidden;
}

function drawMessages({ selectionMessages, reportingMessages }: TextKnobs, rng: Rng): Texting['messages'] {
  const mixed = rng.shuffle([...corpus().ids.keys()]);
  const held = selectionMessages + reportingMessages;
  return {
    selection: mixed.slice(0, selectionMessages),
    reporting: mixed.slice(selectionMessages, held),
    training: mixed.slice(held),
  };
}
