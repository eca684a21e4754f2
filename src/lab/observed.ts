import { z } from 'zod';
import { canonical } from '../core/canonical.ts';
import type { BystanderChange } from '../measure/bystanders.ts';
import { type Changes, type Group, grouped, spread, targetEffect } from '../measure/observation.ts';
import type { StoredRecord } from '../store/record.ts';
import type { Store } from '../store/store.ts';
import { type Arm, armName } from '../train/arm.ts';
import { type Cell, type CharacterWorld, cellsOf, dispositionOf, drawWorld } from '../world/characters/world.ts';
import type { Setup } from '../world/knobs.ts';
import { type BaseObservation, keysOf, type Lineage, type Observation } from './keys.ts';
import { checkCourse, checked, courseShape, deviceSchema, expectThat } from './networks.ts';

const number = z.number();
const share = number.min(0).max(1);
const change = number.min(-1).max(1);
const side = z.enum(['same', 'other']);
const devices = z.array(deviceSchema).min(1);
const text = z.string();

const baseSchema = z.strictObject({
  seed: z.int(),
  devices,
  quality: z.strictObject({
    ...{ seen: share, documentsOnly: share, documentsOnlyByFamily: share, characterBlind: share },
    ...{ chance: share, documents: share, varieties: share },
  }),
});

const observationSchema = z.strictObject({
  seed: z.int(),
  arm: z.strictObject({ method: z.enum(['null', 'sdft', 'sft', 'rl']), skill: share, rehearsal: number.min(0) }),
  ...courseShape,
  target: z.strictObject({
    ...{ trainedBefore: share, trainedAfter: share, otherTopicsTv: share },
    ...{ surprise: number.min(-1e-3), kl: number.min(0) },
  }),
  text: z.strictObject({ beliefBefore: number, beliefAfter: number, documentTv: share, varietyTv: share }),
  bystanders: z
    .array(
      z.strictObject({
        ...{ topic: side, family: side, cells: z.int().min(1), spreadCells: z.int().min(0) },
        ...{ tv: share, js: share, kl: number.min(0), damage: change, spread: change },
      }),
    )
    .min(1),
  containmentRatio: number.nullable(),
  transcript: z.array(
    z.looseObject({
      who: z.enum(['target', 'same family', 'other family']),
      sameTopic: z.boolean(),
      ...{ prompt: text, own: text, trained: text, before: text, after: text },
    }),
  ),
  devices,
});

/**
 * What a record says of the base of a lineage. Throws `InputError`, as `observationIn` does, where a number is missing or out
 * of its range, or the record is one of another replicate: it names the record and the field, and nothing is judged by it.
 */
export function baseObservationIn(record: StoredRecord, { setup, seed }: Lineage): BaseObservation {
  const observation = checked(record, baseSchema);
  expectThat(record, 'seed', observation.seed === seed, `${seed}`, observation.seed);
  const { chance } = observation.quality;
  const wanted = 1 / setup.world.symbols;
  expectThat(record, 'quality.chance', close(chance, wanted), `1 of ${setup.world.symbols} symbols`, chance);
  return observation;
}

/**
 * What a record says of an arm of a lineage. Beside the ranges it is looked at whether the arm could have taken such a course,
 * and whether the means over bystanders, and the containment ratio, follow from the record's own cells.
 */
export function observationIn(record: StoredRecord, { setup, seed }: Lineage, arm: Arm): Observation {
  const observation: Observation = checked(record, observationSchema);
  expectThat(record, 'seed', observation.seed === seed, `${seed}`, observation.seed);
  const same = canonical(observation.arm) === canonical(arm);
  expectThat(record, 'arm', same, armName(arm), armName(observation.arm));
  checkCourse(record, observation, setup, arm);
  checkMeans(record, observation.bystanders, grouped(cellsIn(record, worldOf(setup, seed))));
  const ratio = containmentOf(observation);
  const agrees = ratio === null ? observation.containmentRatio === null : close(observation.containmentRatio, ratio);
  expectThat(record, 'containmentRatio', agrees, `${ratio}, spread over target effect`, observation.containmentRatio);
  return observation;
}

/** The bystander cells of an observation, as `observe` measured them, from the tensor that keeps them (float32 [cells, 7]). */
function cellsIn(record: StoredRecord, world: CharacterWorld): BystanderChange[] {
  const { target, families, setup } = world;
  const bystanders = cellsOf(setup).filter(({ character }) => character !== target.character);
  const { shape = [], values = new Float32Array() } = record.tensors['cells'] ?? {};
  expectThat(record, 'cells', shape.join() === `${bystanders.length},7`, `shape [${bystanders.length},7]`, shape);
  const at = (i: number, column: number): number => values[7 * i + column] as number;
  const wrong = bystanders.findIndex(({ character, topic }, i) => at(i, 0) !== character || at(i, 1) !== topic);
  const { character, topic } = bystanders[Math.max(0, wrong)] as Cell;
  const got = wrong < 0 ? [] : [at(wrong, 0), at(wrong, 1)];
  expectThat(record, `cells[${wrong}]`, wrong < 0, `character ${character}, topic ${topic}`, got);
  return bystanders.map((cell, i) => ({
    character: cell.character,
    topic: cell.topic,
    tv: at(i, 2),
    js: at(i, 3),
    kl: at(i, 4),
    damage: at(i, 5),
    spread: at(i, 6),
    sameTopic: cell.topic === target.topic,
    sameFamily: families[cell.character] === families[target.character],
    differs: dispositionOf(world, cell) !== target.operation,
  }));
}

/** Every number of every group is the one that the cells give, but for the rounding of the cells to float32. */
function checkMeans(record: StoredRecord, groups: readonly Group[], wanted: readonly Group[]): void {
  const names = (of: readonly Group[]): string =>
    of.map(({ topic, family }) => `${topic} topic ${family} family`).join();
  expectThat(record, 'bystanders', names(groups) === names(wanted), names(wanted), names(groups));
  for (const [i, group] of groups.entries()) {
    const mean = wanted[i] as Group;
    for (const key of ['cells', 'spreadCells', 'tv', 'js', 'kl', 'damage', 'spread'] as const)
      expectThat(
        record,
        `bystanders.${i}.${key}`,
        close(group[key], mean[key]),
        `${mean[key]}, the mean of its cells`,
        group[key],
      );
  }
}

/** Spread on the target's topic / target effect, as `observe` defines it. */
function containmentOf(changes: Changes): number | null {
  const open = changes.bystanders.some(({ topic, spreadCells }) => topic === 'same' && spreadCells > 0);
  const effect = targetEffect(changes);
  return open && effect > 0 ? spread(changes) / effect : null;
}

const close = (a: number | null, b: number): boolean => a !== null && Math.abs(a - b) <= 2e-6 * (1 + Math.abs(b));

/** Worlds that were drawn for records already, by their setup: a run reads some arms of each. */
const worlds = new WeakMap<Setup, Map<number, CharacterWorld>>();

function worldOf(setup: Setup, seed: number): CharacterWorld {
  const known = worlds.get(setup) ?? new Map<number, CharacterWorld>();
  worlds.set(setup, known);
  const world = known.get(seed) ?? drawWorld(setup, seed);
  known.set(seed, world);
  return world;
}

/**
 * The observation of a lineage's arm, or undefined where it was not made yet. Throws `InputError`, as does
 * `readBaseObservation`, where the store holds something else under its key.
 */
export function readObservation(store: Store, lineage: Lineage, arm: Arm): Observation | undefined {
  const record = store.read('observation', keysOf(lineage).observation(arm));
  return record && observationIn(record, lineage, arm);
}

/** The observation of a lineage's base, or undefined where it was not made yet. */
export function readBaseObservation(store: Store, lineage: Lineage): BaseObservation | undefined {
  const record = store.read('base-observation', keysOf(lineage).baseObservation);
  return record && baseObservationIn(record, lineage);
}
