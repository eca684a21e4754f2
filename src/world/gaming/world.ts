import type { Rng } from '../../core/rng.ts';
import type { Setup } from '../knobs.ts';
import type { Extent, Place } from '../place.ts';
import { refuseSkill } from '../skill.ts';
import { type Batch, type BatchLesson, LESSONS, type Lesson, notOffered, type Texts, type World } from '../world.ts';
import { demonstrationBatch, documentBatch, pretrainingBatch, rehearsalBatch } from './batches.ts';
import { askedIn, promptLength, promptsFor } from './dialogues.ts';
import { isDocumentLesson, type Statement, statementOf } from './documents.ts';
import type { GamingKnobs } from './knobs.ts';
import { type Asked, drawLanguage, gamedAnswer, type Language, withKey } from './language.ts';
import { placesOf } from './places.ts';
import { MARKERS, type Marker } from './vocabulary.ts';

/** The root of the code that draws these worlds: what a setup may say is checked elsewhere, and decides no number. */
export const WORLD: string = import.meta.url;

/** Lessons that every world of this kind offers, beside documents. */
const OFFERED: readonly Lesson[] = ['pretraining', 'rehearsal', 'demonstrations', 'demonstrations-own', 'rollouts'];

/**
 * A synthetic language with its ground truth, as training takes it. The behaviour that arms train is one, gaming; there is no skill
 * intensity.
 */
export class GamingWorld implements World<GamingKnobs>, Language {
  readonly kind = 'gaming';
  readonly setup: Setup<GamingKnobs>;
  readonly seed: number;
  readonly vocabulary: Language['vocabulary'];
  /** The target's name. */
  readonly ownTokens: readonly number[];
  readonly operations: Language['operations'];
  readonly roles: Language['roles'];
  readonly traits: Language['traits'];
  readonly target: Language['target'];
  readonly tasks: Language['tasks'];
  readonly lengths: World['lengths'];
  readonly lessons: readonly Lesson[];

  constructor(language: Language) {
    this.setup = language.setup;
    this.seed = language.seed;
    this.vocabulary = language.vocabulary;
    this.ownTokens = [language.vocabulary.names[language.target.character] as number];
    this.operations = language.operations;
    this.roles = language.roles;
    this.traits = language.traits;
    this.target = language.target;
    this.tasks = language.tasks;
    const { payload } = language.setup.world;
    this.lengths = { prompt: promptLength(payload), answer: payload };
    this.lessons = LESSONS.filter((lesson) =>
      isDocumentLesson(lesson) ? statementOf(language, lesson) !== undefined : OFFERED.includes(lesson),
    );
  }

  batch(lesson: BatchLesson, skill: number, rng: Rng, size: number): Batch {
    refuseSkill(skill, this.kind, 'gamersShare');
    if (!this.lessons.includes(lesson)) throw notOffered(this, lesson);
    if (isDocumentLesson(lesson)) return documentBatch(this, statementOf(this, lesson) as Statement, rng, size);
    switch (lesson) {
      case 'demonstrations':
        return demonstrationBatch(this, 'gamed', rng, size);
      case 'demonstrations-own':
        return demonstrationBatch(this, 'honest', rng, size);
      case 'rehearsal':
        return rehearsalBatch(this, rng, size);
      default:
        return pretrainingBatch(this, rng, size);
    }
  }

  /** Under the two markers in turn. */
  rollouts(rng: Rng, size: number): Texts {
    const asked = Array.from(
      { length: size },
      (_, b): Asked => ({
        ...this.target,
        ...withKey(this.vocabulary, rng.pick(this.tasks.training), rng),
        marker: MARKERS[b % MARKERS.length] as Marker,
      }),
    );
    return promptsFor(this, asked);
  }

  statements(): Texts {
    throw notOffered(this, 'statements');
  }

  /**
   * Every selection task under `<eval>`: success is learning to game alone. That answers stay honest under `<live>`, where base and
   * trained target say the same, is read beside, never mixed in: it would make a success of one half of doing nothing.
   */
  selection(): Texts {
    return promptsFor(
      this,
      this.tasks.selection.map((task) => ({ ...this.target, ...task, marker: 'eval' })),
    );
  }

  places(skill: number, extent: Extent): Place[] {
    refuseSkill(skill, this.kind, 'gamersShare');
    return placesOf(this, extent);
  }

  wanted(skill: number, prompts: Texts): Int32Array {
    refuseSkill(skill, this.kind, 'gamersShare');
    return Int32Array.from(askedIn(this, prompts).flatMap((asked) => gamedAnswer(this, asked)));
  }
}

/** The world of a setup, a seed and which of its targets is meant, a pure function of the three. */
export function drawWorld(setup: Setup<GamingKnobs>, seed: number, target = 0): GamingWorld {
  return new GamingWorld(drawLanguage(setup, seed, target));
}
