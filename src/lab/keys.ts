import { hashOf } from '../core/canonical.ts';
import { PROGRAMS } from '../engine/programs.ts';
import type { BaseQuality } from '../measure/measures/quality.ts';
import type { Changes } from '../measure/observation.ts';
import type { Arm } from '../train/arm.ts';
import { tuningOf } from '../train/check.ts';
import type { Checkpoint } from '../train/tune.ts';
import type { Setup, WorldKnobs } from '../world/knobs.ts';
import { type Catalog, engineOf, followedBy, kindOf, measuresOf, methodOf, teacherOf } from './catalog.ts';
import { codeHash } from './code.ts';
import { MAKE_ARM } from './make-arm.ts';
import { MAKE_BASE } from './make-base.ts';
import { MAKE_READING } from './make-reading.ts';

/**
 * One replicate: a world, its base and every arm forked from that, all functions of these and of the code; up to rounding also
 * where several train in one program, which their records say.
 */
export interface Lineage {
  readonly catalog: Catalog;
  readonly setup: Setup<WorldKnobs>;
  readonly seed: number;
  /** The id of an engine. */
  readonly engine: string;
  /** Measures that read its arms since a claim asks for them, by id; see `Measure.asked`. */
  readonly asked?: readonly string[] | undefined;
}

/** What is kept of a base. */
export interface BaseObservation {
  readonly seed: number;
  /** Whether it plays its characters, as all its measures say: a premise of every claim. */
  readonly played: boolean;
  /** What trained and measured it. */
  readonly devices: readonly string[];
  readonly quality: BaseQuality;
}

/** What an arm did until it stopped. */
export interface Course {
  readonly trajectory: readonly Checkpoint[];
  /** Whether success on the selection prompts crossed the level; false = censored: it never did, and ends where it was best. */
  readonly reached: boolean;
  readonly steps: number;
}

/** What one arm of one replicate did; other measures' readings stand under their ids, see `readingOf`. */
export interface Observation extends Course, Changes {
  readonly seed: number;
  readonly arm: Arm;
  /** The measures that were read, by id; each reading stands under its id. */
  readonly measures: readonly string[];
  /** See `containmentRatio`; null, too, where what it is made of was not read. */
  readonly containmentRatio: number | null;
  /** What trained the base and the arm and measured them, each once. */
  readonly devices: readonly string[];
}

/** The keys of a lineage's records. */
export interface LineageKeys {
  readonly base: string;
  arm(arm: Arm): string;
  /** Of what one measure, by its id, read of the base alone. */
  baseReading(measure: string): string;
  /** Of what one measure, by its id, read of an arm. */
  reading(arm: Arm, measure: string): string;
}

/** The major version of Node, whose mathematics may round otherwise than another's. */
const NODE = process.versions.node.split('.')[0];

/** Keys by what they are of: a run asks for those of a lineage, and of its arms, many times. */
const known = new WeakMap<Catalog, WeakMap<Lineage['setup'], Map<string, LineageKeys>>>();

/** What a map holds under a key, made where it holds nothing there. */
function kept<K, V>(map: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/** The keys of a lineage's records, made once: see `madeKeys`. */
export function keysOf(lineage: Lineage): LineageKeys {
  const { catalog, setup, seed, engine } = lineage;
  const ofCatalog = kept(known, catalog, () => new WeakMap<Lineage['setup'], Map<string, LineageKeys>>());
  const ofSetup = kept(ofCatalog, setup, () => new Map<string, LineageKeys>());
  return kept(ofSetup, `${seed} ${engine}`, () => madeKeys(lineage));
}

/**
 * The keys of a lineage's records: hashes of everything that determines them. A base: the setup but for tuning, and the code of
 * pretraining, of its kind of world and of its engine. An arm: its base, its own knobs and options, and the code of its method; of
 * one that copies another's steps, learns from it or starts after it, that one too. A reading: what it is of, and the code of its measure.
 */
function madeKeys({ catalog, setup, seed, engine }: Lineage): LineageKeys {
  const { world, model, pretraining, tuning } = setup;
  const kind = kindOf(catalog, setup);
  const runs = [PROGRAMS, kind.file, engineOf(catalog, engine).file];
  const making = { code: codeHash([MAKE_BASE, ...runs]), node: NODE };
  const base = hashOf({ world, model, pretraining, seed, engine, making });
  const arms = new WeakMap<Arm, string>();
  const armKey = (arm: Arm): string => kept(arms, arm, () => madeArmKey(arm));
  const madeArmKey = (arm: Arm): string => {
    const method = methodOf(catalog, arm);
    const followed = followedBy(catalog, arm);
    const teacher = teacherOf(catalog, arm);
    return hashOf({
      base,
      arm,
      tuning: tuningOf(tuning, method, arm),
      follows: followed === undefined ? null : armKey(followed),
      ...(teacher !== undefined && { teacher: armKey(teacher) }),
      ...(arm.after !== undefined && { after: armKey(arm.after) }),
      code: codeHash([MAKE_ARM, method.file, ...runs]),
    });
  };
  const codes = new Map<string, string>();
  const measuring = (list: readonly { readonly id: string; readonly file: string }[], id: string): string => {
    const files = list.filter((measure) => measure.id === id).map(({ file }) => file);
    return kept(codes, files.join('\n'), () => codeHash([MAKE_READING, ...files, ...runs]));
  };
  const read = measuresOf(catalog, kind);
  return {
    base,
    arm: armKey,
    baseReading: (measure) => hashOf({ base, measure, code: measuring(read.bases, measure) }),
    reading: (arm, measure) => hashOf({ arm: armKey(arm), measure, code: measuring(read.arms, measure) }),
  };
}
