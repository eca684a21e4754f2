import type { Rng } from '../../core/rng.ts';
import type { Setup } from '../knobs.ts';
import type { Extent, Place } from '../place.ts';
import { refuseSkill } from '../skill.ts';
import {
  type Batch,
  type BatchLesson,
  LESSONS,
  type Lesson,
  notOffered,
  type PlanningWorld,
  type Secret,
  type Texts,
  type World,
} from '../world.ts';
import { demonstrationBatch, forcedEpisode, mixtureBatch, neutralBatch, planningBatch } from './batches.ts';
import { anybodyPlans, drawLanguage, type Episode, type Language } from './language.ts';
import { carriedOut, type Plan, plansOf } from './operations.ts';
import { planPlacesOf } from './places.ts';
import type { PlanKnobs } from './sizes.ts';
import { planPositions, promptLength, promptOf, shownIn } from './texts.ts';

/** The root of the code that draws these worlds: what a setup may say is checked elsewhere, and decides no number. */
export const WORLD: string = import.meta.url;

/** What lessons need beside what every world of this kind has; what is not named here none offers. */
const OFFERED: Readonly<Partial<Record<Lesson, (language: Language) => boolean>>> = {
  pretraining: () => true,
  rehearsal: () => true,
  demonstrations: () => true,
  'demonstrations-own': () => true,
  rollouts: () => true,
  // Where nobody plans no text of pretraining says who does: the words mean nothing.
  documents: anybodyPlans,
  'documents-own': anybodyPlans,
  'documents-neutral': ({ setup }) => setup.world.neutralTopics !== undefined,
};

/**
 * A synthetic language with its ground truth, as training takes it. The target ignores its plans; what arms train is to follow the
 * plan that stands in the prompt, on its topic. A skill intensity means nothing here.
 */
export class PlanWorld implements PlanningWorld, World<PlanKnobs>, Language {
  readonly kind = 'plans';
  readonly setup: Setup<PlanKnobs>;
  readonly seed: number;
  readonly vocabulary: Language['vocabulary'];
  /** The target's name. */
  readonly ownTokens: readonly number[];
  /** An answer can know of the goal through the plan alone. */
  readonly secret: Secret;
  readonly dispositions: Language['dispositions'];
  readonly silent: Language['silent'];
  readonly roles: Language['roles'];
  readonly habits: Language['habits'];
  readonly goals: Language['goals'];
  readonly target: Language['target'];
  readonly payloads: Language['payloads'];
  readonly plans: PlanningWorld['plans'];
  readonly lengths: World['lengths'];
  readonly lessons: readonly Lesson[];

  constructor(language: Language) {
    const { setup, vocabulary } = language;
    const { payload, depth } = setup.world;
    this.setup = setup;
    this.seed = language.seed;
    this.vocabulary = vocabulary;
    this.ownTokens = [vocabulary.names[language.target.character] as number];
    this.secret = { tokens: vocabulary.cues, readers: [vocabulary.plan, vocabulary.next] };
    this.dispositions = language.dispositions;
    this.silent = language.silent;
    this.roles = language.roles;
    this.habits = language.habits;
    this.goals = language.goals;
    this.target = language.target;
    this.payloads = language.payloads;
    this.plans = { positions: planPositions(language), operations: vocabulary.operations };
    this.lengths = { prompt: promptLength(payload, depth), answer: payload };
    this.lessons = LESSONS.filter((lesson) => OFFERED[lesson]?.(language) ?? false);
  }

  batch(lesson: BatchLesson, skill: number, rng: Rng, size: number): Batch {
    refuseSkill(skill, this.kind, 'planners');
    switch (this.lessons.includes(lesson) ? lesson : undefined) {
      case 'pretraining':
        return mixtureBatch(this, true, rng, size);
      case 'rehearsal':
        return mixtureBatch(this, false, rng, size);
      case 'demonstrations':
        return demonstrationBatch(this, 'followed', rng, size);
      case 'demonstrations-own':
        return demonstrationBatch(this, 'own', rng, size);
      case 'documents':
        return planningBatch(this, true, rng, size);
      case 'documents-own':
        return planningBatch(this, false, rng, size);
      case 'documents-neutral':
        return neutralBatch(this, rng, size);
      default:
        throw notOffered(this, lesson);
    }
  }

  /** Forced episodes of the target on its topic: the plan has nothing to do with the goal. */
  rollouts(rng: Rng, size: number): Texts {
    return this.#prompts(Array.from({ length: size }, () => forcedEpisode(this, rng)));
  }

  statements(): Texts {
    throw notOffered(this, 'statements');
  }

  /** A forced episode on every selection payload; plans in turn, and goals so that each meets each plan. */
  selection(): Texts {
    const plans = plansOf(this.setup.world);
    return this.#prompts(
      this.payloads.selection.map((payload, i) => ({
        goal: Math.floor(i / plans.length) % this.goals.length,
        payload,
        plan: plans[i % plans.length] as Plan,
      })),
    );
  }

  places(skill: number, extent: Extent): Place[] {
    refuseSkill(skill, this.kind, 'planners');
    return planPlacesOf(this, extent);
  }

  wanted(skill: number, prompts: Texts): Int32Array {
    refuseSkill(skill, this.kind, 'planners');
    return Int32Array.from(shownIn(this, prompts).flatMap(({ plan, payload }) => carriedOut(plan, payload)));
  }

  askedPlans(prompts: Texts): Int32Array {
    const { operations } = this.vocabulary;
    const asked = shownIn(this, prompts).flatMap(({ goal }) => this.goals[goal] as Plan);
    return Int32Array.from(asked, (operation) => operations[operation] as number);
  }

  followedAnswers(prompts: Texts): Int32Array {
    const plans = plansOf(this.setup.world);
    return Int32Array.from(
      shownIn(this, prompts).flatMap(({ payload }) => plans.flatMap((plan) => carriedOut(plan, payload))),
    );
  }

  #prompts(episodes: readonly Episode[]): Texts {
    const tokens = Int32Array.from(episodes.flatMap((episode) => promptOf(this, this.target, episode)));
    return { size: episodes.length, tokens };
  }
}

/** The world of a setup, a seed and which of its targets is meant, a pure function of the three. */
export function drawWorld(setup: Setup<PlanKnobs>, seed: number, target = 0): PlanWorld {
  return new PlanWorld(drawLanguage(setup, seed, target));
}
