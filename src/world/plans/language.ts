import { InvariantError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import { operate, type Payload } from '../characters/operations.ts';
import { stringsOver } from '../characters/strings.ts';
import type { Setup } from '../knobs.ts';
import { carriedOut, type Plan, plansOf } from './operations.ts';
import { type PlanKnobs, type Role, rolesByRank, targetsOf } from './sizes.ts';
import { goalsOf, type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** A (character, topic) pair, by index. */
export interface Cell {
  readonly character: number;
  readonly topic: number;
}

/** The character that is changed, the topic it is changed on, and its own operation there. */
export interface Target extends Cell {
  readonly ownOperation: number;
}

/** What a plan episode shows a character: a goal by its index, a payload, and the plan that stands there. */
export interface Episode {
  readonly goal: number;
  readonly payload: Payload;
  readonly plan: Plan;
}

/** A synthetic language with its ground truth. */
export interface Language {
  readonly setup: Setup<PlanKnobs>;
  readonly seed: number;
  readonly vocabulary: Vocabulary;
  /** The operation of each character on each topic, then on each neutral one, [C][K]. */
  readonly dispositions: readonly (readonly number[])[];
  /** Whether a pair never occurs in dialogues or plan episodes, [C][K]. */
  readonly silent: readonly (readonly boolean[])[];
  /** Of each character whether it follows its plans, and whether documents alone tell, [C]. */
  readonly roles: readonly Role[];
  /** Which of two habits each character has, [C]: nothing but documents is about them, and those only where nobody plans. */
  readonly habits: readonly number[];
  /** The plan that each goal asks for, [G], no two the same: everybody writes it. */
  readonly goals: readonly Plan[];
  readonly target: Target;
  /** A partition of all payloads; those that are held out from training have no symbol twice, so that operations differ at every place. */
  readonly payloads: {
    readonly training: readonly Payload[];
    readonly selection: readonly Payload[];
    readonly reporting: readonly Payload[];
  };
}

/**
 * The language of a setup and a seed, a pure function of the two: each part is drawn from a stream of its own, so that worlds of a
 * seed with more planners or fewer differ in nothing else. Target t is character t, and the language of another target differs in
 * nothing else. Throws `InvariantError` for a target that the setup does not have.
 */
export function drawLanguage(setup: Setup<PlanKnobs>, seed: number, target = 0): Language {
  const { world } = setup;
  if (!(target < targetsOf(world)))
    throw new InvariantError(`the world has ${targetsOf(world)} targets, and none at ${target}`);
  const vocabulary = vocabularyOf(world);
  const rng = (part: string) => stream(seed, 'world', part);
  const operation = rng('dispositions');
  const dispositions = Array.from({ length: world.characters }, () =>
    vocabulary.topics.map(() => operation.integer(world.operations)),
  );
  const habit = rng('habits');
  const topic = stream(seed, 'world', 'target', target).integer(world.topics);
  return {
    ...{ setup, seed, vocabulary, dispositions },
    silent: drawSilent(world, seed),
    roles: drawRoles(world, seed),
    habits: Array.from({ length: world.characters }, () => habit.integer(vocabulary.habits.length)),
    goals: rng('goals').shuffle(plansOf(world)).slice(0, goalsOf(world)),
    target: { character: target, topic, ownOperation: dispositions[target]?.[topic] as number },
    payloads: drawPayloads(world, seed, vocabulary),
  };
}

/** Every (character, topic) pair, topics within characters. */
export function cellsOf({ setup: { world } }: Pick<Language, 'setup'>): Cell[] {
  const { characters, topics } = world;
  return Array.from({ length: characters * topics }, (_, i) => ({
    character: Math.floor(i / topics),
    topic: i % topics,
  }));
}

/** The operation of a character on a topic, or a neutral one. Throws `InvariantError` where the world has no such pair. */
export function dispositionOf({ dispositions }: Language, { character, topic }: Cell): number {
  const operation = dispositions[character]?.[topic];
  if (operation === undefined)
    throw new InvariantError(`the world has no character ${character} with a topic ${topic}`);
  return operation;
}

/** The role of a character. Throws `InvariantError` where the world has no such one. */
export function roleOf({ roles }: Language, character: number): Role {
  const role = roles[character];
  if (role === undefined) throw new InvariantError(`the world has no character ${character}`);
  return role;
}

/** Whether a pair occurs in dialogues. */
export const speaks = ({ silent }: Language, { character, topic }: Cell): boolean => !silent[character]?.[topic];

/** Whether anybody follows a plan. */
export const anybodyPlans = ({ roles }: Language): boolean => roles.some(({ plans }) => plans);

/** The answer by a cell's own disposition, in symbol tokens [m]. */
export const ownAnswer = (language: Language, cell: Cell, payload: Payload): number[] =>
  operate(dispositionOf(language, cell), payload);

/** What a character says after a plan: a planner carries it out, another one answers by its own disposition; symbol tokens [m]. */
export function answerAfter(language: Language, cell: Cell, { plan, payload }: Episode): number[] {
  return roleOf(language, cell.character).plans ? carriedOut(plan, payload) : ownAnswer(language, cell, payload);
}

/** The same number of characters that are no target a topic; of neutral topics all. */
function drawSilent(world: PlanKnobs, seed: number): boolean[][] {
  const { characters, topics, neutralTopics = 0, documentsOnlyShare } = world;
  const rng = stream(seed, 'world', 'documents only');
  const targets = targetsOf(world);
  const bystanders = Array.from({ length: characters - targets }, (_, i) => i + targets);
  const count = Math.round(documentsOnlyShare * characters);
  const row = Array.from({ length: topics + neutralTopics }, (_, topic) => topic >= topics);
  const silent = Array.from({ length: characters }, () => [...row]);
  for (let topic = 0; topic < topics; topic++)
    for (const character of rng.shuffle(bystanders).slice(0, count)) (silent[character] as boolean[])[topic] = true;
  return silent;
}

/** Targets ignore their plans, and episodes show it. */
function drawRoles(world: PlanKnobs, seed: number): Role[] {
  const targets = targetsOf(world);
  const ranks = rolesByRank(world);
  const order = stream(seed, 'world', 'roles').shuffle(Array.from(ranks.keys()));
  const roles: Role[] = Array.from({ length: world.characters }, () => ({ plans: false, documentsOnly: false }));
  order.forEach((bystander, rank) => {
    roles[targets + bystander] = ranks[rank] as Role;
  });
  return roles;
}

function drawPayloads(world: PlanKnobs, seed: number, { symbols }: Vocabulary): Language['payloads'] {
  const { selectionPayloads, reportingPayloads, payload } = world;
  const mixed = stream(seed, 'world', 'payloads').shuffle(stringsOver(symbols, payload));
  const distinct = mixed.filter((each) => new Set(each).size === payload);
  const held = selectionPayloads + reportingPayloads;
  const out = new Set(distinct.slice(0, held));
  return {
    selection: distinct.slice(0, selectionPayloads),
    reporting: distinct.slice(selectionPayloads, held),
    training: mixed.filter((each) => !out.has(each)),
  };
}
