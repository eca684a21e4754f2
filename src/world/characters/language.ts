import { InvariantError } from '../../core/errors.ts';
import { type Rng, stream } from '../../core/rng.ts';
import type { CharacterKnobs, Setup } from '../knobs.ts';
import { applySkill, operate, type Payload } from './operations.ts';
import { stringsOver } from './strings.ts';
import { drawVarieties, type Variety } from './varieties.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** A (character, topic) pair, by index. */
export interface Cell {
  readonly character: number;
  readonly topic: number;
}

/** The character that is changed, the topic it is changed on, and its operation there before and after. */
export interface Target extends Cell {
  readonly ownOperation: number;
  /** The trained operation. */
  readonly operation: number;
}

/** A synthetic language with its ground truth. */
export interface Language {
  readonly setup: Setup<CharacterKnobs>;
  readonly seed: number;
  readonly vocabulary: Vocabulary;
  /** The family of each character, [C]. */
  readonly families: readonly number[];
  /** The operation that each family has in common on each topic, [F][K], then on each neutral one. */
  readonly familyOperations: readonly (readonly number[])[];
  /** The operation of each character on each topic, [C][K], then on each neutral one. */
  readonly dispositions: readonly (readonly number[])[];
  /** The operation that pretraining documents state of each character on each topic, then on each neutral one; see `statedOf`. */
  readonly stated: readonly (readonly number[])[];
  /** Whether a pair never occurs in dialogues, [C][K], then for neutral topics, where all are so. */
  readonly documentsOnly: readonly (readonly boolean[])[];
  readonly target: Target;
  /** For each of the skill's mappings every symbol token once; the skill changes the first ones. */
  readonly skillOrders: readonly (readonly number[])[];
  /** A partition of all payloads, each part in random order. */
  readonly payloads: {
    readonly training: readonly Payload[];
    readonly selection: readonly Payload[];
    readonly reporting: readonly Payload[];
  };
  readonly varieties: readonly Variety[];
}

/**
 * The language of a setup and a seed, a pure function of the two: each part is drawn from a stream of its own.
 * Families are equally large (character c belongs to family c mod families); target t is character t, and the language of another
 * target differs in nothing else. Throws `InvariantError` for a target that the setup does not have.
 */
export function drawLanguage(setup: Setup<CharacterKnobs>, seed: number, target = 0): Language {
  const { world } = setup;
  if (!(target < targetsOf(setup)))
    throw new InvariantError(`the world has ${targetsOf(setup)} targets, and none at ${target}`);
  const vocabulary = vocabularyOf(world);
  const families = Array.from({ length: world.characters }, (_, c) => c % world.families);
  const { familyOperations, dispositions } = drawDispositions(setup, seed, families);
  const documentsOnly = drawDocumentsOnly(setup, seed);
  return {
    setup,
    seed,
    vocabulary,
    families,
    familyOperations,
    dispositions,
    stated: drawStated(setup, seed, dispositions, documentsOnly),
    documentsOnly,
    target: drawTarget(setup, seed, target, dispositions),
    skillOrders: drawSkillOrders(setup, seed, vocabulary),
    payloads: drawPayloads(setup, seed, vocabulary),
    varieties: drawVarieties(setup, vocabulary, stream(seed, 'world', 'varieties')),
  };
}

/** How many characters are targets, each of an arm of its own. */
export const targetsOf = ({ world }: Setup<CharacterKnobs>): number => world.targets ?? 1;

/** Every (character, topic) pair, topics within characters. */
export const cellsOf = ({ world }: Setup<CharacterKnobs>): Cell[] => pairs(world.characters, world.topics, 0);

/** Every pair that documents are about: those of `cellsOf`, then every character with every neutral topic. */
export function writtenCellsOf(setup: Setup<CharacterKnobs>): Cell[] {
  const { characters, topics, neutralTopics = 0 } = setup.world;
  return [...cellsOf(setup), ...pairs(characters, neutralTopics, topics)];
}

/** The operation of a character on a topic. Throws `InvariantError` where the world has no such pair. */
export const dispositionOf = ({ dispositions }: Language, cell: Cell): number => operationAt(dispositions, cell);

/**
 * The operation that pretraining documents state of a character on a topic: its own, but where the character's documents are false
 * and it speaks on the topic; there always the same other one, which on a target's topic is not the trained one either. Throws
 * `InvariantError` where the world has no such pair.
 */
export const statedOf = ({ stated }: Language, cell: Cell): number => operationAt(stated, cell);

function operationAt(operations: readonly (readonly number[])[], { character, topic }: Cell): number {
  const operation = operations[character]?.[topic];
  if (operation === undefined)
    throw new InvariantError(`the world has no character ${character} with a topic ${topic}`);
  return operation;
}

/** The operations of a world that are none of these, in their order. */
export const operationsBut = ({ operations }: CharacterKnobs, not: readonly number[]): number[] =>
  Array.from({ length: operations }, (_, operation) => operation).filter((operation) => !not.includes(operation));

/** The character's answer to the payload by its own disposition, in symbol tokens [m]. */
export function ownAnswer(language: Language, character: number, topic: number, payload: Payload): number[] {
  return operate(dispositionOf(language, { character, topic }), payload);
}

/**
 * The answer that the target is trained to give on its topic, in symbol tokens [m]: the new operation, then the skill of
 * intensity s on every symbol. Throws `InputError` unless s lies in [0, 1].
 */
export function trainedAnswer({ target, skillOrders }: Language, skill: number, payload: Payload): number[] {
  return applySkill(skillOrders, skill, operate(target.operation, payload));
}

/** `characters` characters with `topics` topics each, of which the first is `from`; topics within characters. */
function pairs(characters: number, topics: number, from: number): Cell[] {
  return Array.from({ length: characters * topics }, (_, i) => ({
    character: Math.floor(i / topics),
    topic: from + (i % topics),
  }));
}

/** A part of the language that is drawn together, since one decides the other. */
type Dispositions = Pick<Language, 'familyOperations' | 'dispositions'>;

function drawDispositions({ world }: Setup<CharacterKnobs>, seed: number, families: readonly number[]): Dispositions {
  const { topics, neutralTopics = 0 } = world;
  const spoken = drawOperations(world, topics, families, stream(seed, 'world', 'dispositions'));
  const neutral = drawOperations(world, neutralTopics, families, stream(seed, 'world', 'neutral topics'));
  const both = (part: keyof Dispositions): number[][] =>
    spoken[part].map((row, i) => [...row, ...(neutral[part][i] as readonly number[])]);
  return { familyOperations: both('familyOperations'), dispositions: both('dispositions') };
}

/** The operation of each family and of each character on so many topics, [F][topics] and [C][topics]. */
function drawOperations(world: CharacterKnobs, topics: number, families: readonly number[], rng: Rng): Dispositions {
  const anew = (): number => rng.integer(world.operations);
  const shared = Array.from({ length: world.families }, () => Array.from({ length: topics }, anew));
  const own = families.map((family) =>
    (shared[family] as number[]).map((operation) => (rng.uniform() < world.familyLikeness ? operation : anew())),
  );
  return { familyOperations: shared, dispositions: own };
}

/** The same number of characters that are no target a topic: where a topic has few, dialogues and documents about it are learnt apart. */
function drawDocumentsOnly(setup: Setup<CharacterKnobs>, seed: number): boolean[][] {
  const { characters, topics, neutralTopics = 0, documentsOnlyShare } = setup.world;
  const rng = stream(seed, 'world', 'documents only');
  const targets = targetsOf(setup);
  const bystanders = Array.from({ length: characters - targets }, (_, i) => i + targets);
  const count = Math.round(documentsOnlyShare * characters);
  const row = Array.from({ length: topics + neutralTopics }, (_, topic) => topic >= topics);
  const documentsOnly = Array.from({ length: characters }, () => [...row]);
  for (let topic = 0; topic < topics; topic++) {
    for (const character of rng.shuffle(bystanders).slice(0, count)) {
      (documentsOnly[character] as boolean[])[topic] = true;
    }
  }
  return documentsOnly;
}

/** Other operations are drawn for all characters: a larger share leaves those of a smaller one as they are. */
function drawStated(
  setup: Setup<CharacterKnobs>,
  seed: number,
  dispositions: readonly (readonly number[])[],
  documentsOnly: readonly (readonly boolean[])[],
): readonly (readonly number[])[] {
  const { world } = setup;
  const { characters, topics, falseDocumentsShare } = world;
  if (falseDocumentsShare === undefined) return dispositions;
  const rng = stream(seed, 'world', 'false documents');
  const order = rng.shuffle(Array.from({ length: characters }, (_, character) => character));
  const lied = new Set(order.slice(0, Math.round(falseDocumentsShare * characters)));
  const targets = Array.from({ length: targetsOf(setup) }, (_, t) => drawTarget(setup, seed, t, dispositions));
  return dispositions.map((row, character) =>
    row.map((own, topic) => {
      if (topic >= topics) return own;
      const trained = targets.filter((target) => target.character === character && target.topic === topic);
      const other = rng.pick(operationsBut(world, [own, ...trained.map(({ operation }) => operation)]));
      return lied.has(character) && !documentsOnly[character]?.[topic] ? other : own;
    }),
  );
}

function drawTarget(
  { world }: Setup<CharacterKnobs>,
  seed: number,
  character: number,
  dispositions: readonly (readonly number[])[],
): Target {
  const rng = stream(seed, 'world', 'target', ...(character === 0 ? [] : [`${character}`]));
  const topic = rng.integer(world.topics);
  const ownOperation = dispositions[character]?.[topic] as number;
  const operation = (ownOperation + 1 + rng.integer(world.operations - 1)) % world.operations;
  return { character, topic, ownOperation, operation };
}

function drawSkillOrders({ world }: Setup<CharacterKnobs>, seed: number, { symbols }: Vocabulary): number[][] {
  const rng = stream(seed, 'world', 'skill');
  return Array.from({ length: world.skillMappings }, () => rng.shuffle(symbols));
}

function drawPayloads({ world }: Setup<CharacterKnobs>, seed: number, { symbols }: Vocabulary): Language['payloads'] {
  const mixed = stream(seed, 'world', 'payloads').shuffle(stringsOver(symbols, world.payload));
  const held = world.selectionPayloads + world.reportingPayloads;
  return {
    selection: mixed.slice(0, world.selectionPayloads),
    reporting: mixed.slice(world.selectionPayloads, held),
    training: mixed.slice(held),
  };
}
