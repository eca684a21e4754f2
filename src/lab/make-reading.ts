import type { Json } from '../core/canonical.ts';
import type { Programs } from '../engine/programs.ts';
import { compare, type Shared } from '../measure/comparison.ts';
import type { Curve } from '../measure/curve.ts';
import type { BaseMeasure, Measure, Reading } from '../measure/measure.ts';
import { checkedReading } from '../measure/reading.ts';
import type { RecordContent } from '../store/store.ts';
import type { Arm } from '../train/arm.ts';
import type { Course } from './keys.ts';
import type { WorldSource } from './make-base.ts';

/** The root of the code that makes a reading, beside its measure. */
export const MAKE_READING: string = import.meta.url;

/** A base to be read: its replicate, its parameters [P], and what trained it and measures it. */
export interface BaseToRead {
  readonly seed: number;
  readonly base: Float32Array;
  readonly devices: readonly string[];
}

/** An arm of it: what it did until it stopped, its parameters [P], and what was asked of its base before. */
export interface ArmToRead extends BaseToRead {
  readonly arm: Arm;
  readonly course: Course;
  readonly tuned: Float32Array;
  readonly curve: Curve | null;
  readonly shared: Shared;
}

/** What reads measures of an arm, one after another, each as the record that it is kept as. */
export function readerOfArm(
  programs: Programs,
  { kind, setup }: WorldSource,
  { seed, arm, course, base, tuned, curve, devices, shared }: ArmToRead,
): (measure: Measure) => Promise<RecordContent> {
  const world = kind.draw(setup, seed, arm.target ?? 0);
  const comparison = compare(programs, world, arm, base, tuned, { shared, curve });
  return async (measure) => {
    const reading = checkedReading(measure, await measure.of(comparison));
    return kept({ seed, arm, course, devices }, measure.id, reading);
  };
}

/** What reads measures of a base alone. */
export function readerOfBase(
  programs: Programs,
  { kind, setup }: WorldSource,
  { seed, base, devices }: BaseToRead,
): (measure: BaseMeasure) => Promise<RecordContent> {
  const subject = { programs, world: kind.draw(setup, seed), base };
  return async (measure) => kept({ seed, devices }, measure.id, checkedReading(measure, await measure.of(subject)));
}

function kept(of: object, measure: string, { data, tensors = {} }: Reading<unknown>): RecordContent {
  return { data: { ...of, measure, reading: data } as Json, tensors };
}
