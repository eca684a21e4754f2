import type { Rng } from '../../core/rng.ts';
import type { CharacterKnobs, Setup } from '../knobs.ts';
import type { Extent, Place } from '../place.ts';
import { type Batch, type BatchLesson, LESSONS, type Lesson, notOffered, type Texts, type World } from '../world.ts';
import {
  demonstrationBatch,
  documentBatch,
  newVarietyBatch,
  ownDemonstrationBatch,
  pretrainingBatch,
  questionBatch,
  rehearsalBatch,
} from './batches.ts';
import { payloadsIn } from './dialogues.ts';
import { type Fact, factOf, isDocumentLesson } from './facts.ts';
import { drawLanguage, type Language, trainedAnswer } from './language.ts';
import { placesOf } from './places.ts';
import { rolloutPrompts, selectionPrompts, statementLength, statementTexts } from './prompts.ts';

/** The root of the code that draws these worlds: what a setup may say is checked elsewhere, and decides no number. */
export const WORLD: string = import.meta.url;

export { type Cell, cellsOf, dispositionOf, ownAnswer, statedOf, type Target, trainedAnswer } from './language.ts';

/** A synthetic language with its ground truth, as training takes it. */
export class CharacterWorld implements World<CharacterKnobs>, Language {
  readonly kind = 'characters';
  readonly setup: Setup<CharacterKnobs>;
  readonly seed: number;
  readonly vocabulary: Language['vocabulary'];
  /** The target's name. */
  readonly ownTokens: readonly number[];
  readonly families: Language['families'];
  readonly familyOperations: Language['familyOperations'];
  readonly dispositions: Language['dispositions'];
  readonly stated: Language['stated'];
  readonly documentsOnly: Language['documentsOnly'];
  readonly target: Language['target'];
  readonly skillOrders: Language['skillOrders'];
  readonly payloads: Language['payloads'];
  readonly varieties: Language['varieties'];
  readonly lengths: World['lengths'];
  readonly lessons: readonly Lesson[];

  constructor(language: Language) {
    this.setup = language.setup;
    this.seed = language.seed;
    this.vocabulary = language.vocabulary;
    this.ownTokens = [language.vocabulary.names[language.target.character] as number];
    this.families = language.families;
    this.familyOperations = language.familyOperations;
    this.dispositions = language.dispositions;
    this.stated = language.stated;
    this.documentsOnly = language.documentsOnly;
    this.target = language.target;
    this.skillOrders = language.skillOrders;
    this.payloads = language.payloads;
    this.varieties = language.varieties;
    const { payload } = language.setup.world;
    this.lengths = { prompt: payload + 4, answer: payload, statement: statementLength(language) };
    this.lessons = LESSONS.filter((lesson) => offers(language, lesson));
  }

  batch(lesson: BatchLesson, skill: number, rng: Rng, size: number): Batch {
    if (!this.lessons.includes(lesson)) throw notOffered(this, lesson);
    switch (lesson) {
      case 'pretraining':
        return pretrainingBatch(this, rng, size);
      case 'rehearsal':
        return rehearsalBatch(this, rng, size);
      case 'demonstrations':
        return demonstrationBatch(this, skill, rng, size);
      case 'demonstrations-own':
        return ownDemonstrationBatch(this, rng, size);
      case 'questions':
        return questionBatch(this, rng, size);
      case 'variety-new':
        return newVarietyBatch(this, rng, size);
      default:
        return documentBatch(this, factOf(this, lesson) as Fact, rng, size);
    }
  }

  rollouts(rng: Rng, size: number): Texts {
    return rolloutPrompts(this, rng, size);
  }

  statements(rng: Rng, size: number): Texts {
    return statementTexts(this, rng, size);
  }

  selection(): Texts {
    return selectionPrompts(this);
  }

  places(skill: number, extent: Extent): Place[] {
    return placesOf(this, skill, extent);
  }

  wanted(skill: number, prompts: Texts): Int32Array {
    return Int32Array.from(payloadsIn(this, prompts).flatMap((payload) => trainedAnswer(this, skill, payload)));
  }
}

/** The world of a setup, a seed and which of its targets is meant, a pure function of the three. */
export function drawWorld(setup: Setup<CharacterKnobs>, seed: number, target = 0): CharacterWorld {
  return new CharacterWorld(drawLanguage(setup, seed, target));
}

/** Whether a world of this language has something to train on of a lesson. */
function offers(language: Language, lesson: Lesson): boolean {
  if (isDocumentLesson(lesson)) return factOf(language, lesson) !== undefined;
  if (lesson === 'variety-new') return language.setup.pretraining.varietyShare > 0;
  return lesson !== 'questions' || language.vocabulary.questions !== undefined;
}
