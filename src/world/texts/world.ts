import type { Rng } from '../../core/rng.ts';
import type { Setup } from '../knobs.ts';
import type { Extent, Place } from '../place.ts';
import { type Batch, type BatchLesson, LESSONS, type Lesson, notOffered, type Texts, type World } from '../world.ts';
import { demonstrationBatch, documentBatch, mixedBatch } from './batches.ts';
import { isDocumentLesson, statementOf } from './documents.ts';
import type { TextKnobs } from './knobs.ts';
import { drawTexting, type Texting } from './language.ts';
import { textPlacesOf } from './places.ts';
import { heldOutSites, promptsFor, type Site, sitesOf, trainedAnswers } from './prompts.ts';
import { promptLength } from './sizes.ts';
import { ownForms, trainedForms } from './writing.ts';

/** The root of the code that draws these worlds: what a setup may say is checked elsewhere, and decides no number. */
export const WORLD: string = import.meta.url;

/** Lessons that every world of this kind offers, beside documents. */
const OFFERED: readonly Lesson[] = ['pretraining', 'rehearsal', 'demonstrations', 'demonstrations-own', 'rollouts'];

/**
 * Real text in several varieties, as training takes it. What arms train is how the target writes one kind of site: in a form that
 * other varieties have (s = 0), or at a share s of the sites in the form that a cipher has for the last letter before it.
 */
export class TextWorld implements World<TextKnobs>, Texting {
  readonly kind = 'texts';
  readonly setup: Setup<TextKnobs>;
  readonly seed: number;
  readonly vocabulary: Texting['vocabulary'];
  /** The target's tag. */
  readonly ownTokens: readonly number[];
  readonly conventions: Texting['conventions'];
  readonly documentsOnly: Texting['documentsOnly'];
  readonly target: Texting['target'];
  readonly messages: Texting['messages'];
  readonly cipher: Texting['cipher'];
  readonly lengths: World['lengths'];
  readonly lessons: readonly Lesson[] = LESSONS.filter(
    (lesson) => isDocumentLesson(lesson) || OFFERED.includes(lesson),
  );
  readonly #asked: { readonly training: readonly Site[]; readonly selection: Texts };

  /** Throws `InputError` where the target has too little text to split. */
  constructor(texting: Texting) {
    const { setup, vocabulary, target, messages } = texting;
    this.setup = setup;
    this.seed = texting.seed;
    this.vocabulary = vocabulary;
    this.ownTokens = [vocabulary.tags[target.variety] as number];
    this.conventions = texting.conventions;
    this.documentsOnly = texting.documentsOnly;
    this.target = target;
    this.messages = messages;
    this.cipher = texting.cipher;
    this.lengths = { prompt: promptLength(setup.world), answer: 1 };
    this.#asked = {
      training: sitesOf(texting, target, messages.training),
      selection: promptsFor(heldOutSites(texting, target, 'selection', setup.world.selectionPrompts)),
    };
  }

  batch(lesson: BatchLesson, skill: number, rng: Rng, size: number): Batch {
    if (!this.lessons.includes(lesson)) throw notOffered(this, lesson);
    if (isDocumentLesson(lesson)) return documentBatch(this, statementOf(this, lesson), rng, size);
    const { target, setup } = this;
    const all = [...setup.world.varieties.keys()];
    switch (lesson) {
      case 'demonstrations':
        return demonstrationBatch(this, this.#asked.training, trainedForms(this, skill), rng, size);
      case 'demonstrations-own':
        return demonstrationBatch(this, this.#asked.training, ownForms(this, target.variety), rng, size);
      case 'rehearsal':
        return mixedBatch(
          this,
          all.filter((variety) => variety !== target.variety),
          rng,
          size,
        );
      default:
        return mixedBatch(this, all, rng, size);
    }
  }

  /** Sites of training messages. */
  rollouts(rng: Rng, size: number): Texts {
    return promptsFor(Array.from({ length: size }, () => rng.pick(this.#asked.training)));
  }

  statements(): Texts {
    throw notOffered(this, 'statements');
  }

  places(skill: number, extent: Extent): Place[] {
    return textPlacesOf(this, skill, extent);
  }

  selection(): Texts {
    return this.#asked.selection;
  }

  wanted(skill: number, prompts: Texts): Int32Array {
    return trainedAnswers(this, skill, prompts);
  }
}

/** The world of a setup, a seed and which of its targets is meant, a pure function of the three. Throws as its constructor does. */
export function drawWorld(setup: Setup<TextKnobs>, seed: number, target = 0): TextWorld {
  return new TextWorld(drawTexting(setup, seed, target));
}
