import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { architectureOf, layoutOf } from '../model/parameters.ts';
import type { StoredRecord } from '../store/record.ts';
import type { Arm } from '../train/arm.ts';
import type { Checkpoint } from '../train/tune.ts';
import { drawWorld } from '../world/characters/world.ts';
import type { Setup } from '../world/knobs.ts';

/** A network from the store, and what trained it. */
export interface StoredNetwork {
  readonly parameters: Float32Array;
  readonly device: string;
}

/** What an arm did until it stopped. */
export interface Course {
  readonly trajectory: readonly Checkpoint[];
  readonly reached: boolean;
  readonly steps: number;
}

const step = z.int().min(0);
const number = z.number();
/** What trained or measured something, in words. */
export const deviceSchema: z.ZodType<string> = z.string().min(1);
export const courseShape = {
  trajectory: z.array(z.strictObject({ step, success: number.min(0).max(1), loss: number.nullable() })).min(1),
  reached: z.boolean(),
  steps: step,
};
const baseSchema = z.strictObject({
  losses: z.array(z.strictObject({ step, loss: number })).min(1),
  device: deviceSchema,
});
const armSchema = z.strictObject({ ...courseShape, base: z.string().regex(/^[0-9a-f]{64}$/), device: deviceSchema });

/**
 * The base that a record holds. Throws `InputError`, as the other functions here, where the record is not one of a base of
 * this setup.
 */
export function baseIn(record: StoredRecord, setup: Setup): StoredNetwork {
  const { losses, device } = checked(record, baseSchema);
  const last = losses.at(-1)?.step;
  expectThat(record, 'losses', last === setup.pretraining.steps, `until step ${setup.pretraining.steps}`, last);
  return { parameters: parametersIn(record, setup), device };
}

/** The network of an arm that a record holds, its course, and the digest of the base that it was forked from. */
export function armIn(
  record: StoredRecord,
  setup: Setup,
  arm: Arm,
): StoredNetwork & { readonly base: string; readonly course: Course } {
  const { base, device, ...course } = checked(record, armSchema);
  checkCourse(record, course, setup, arm);
  return { base, device, course, parameters: parametersIn(record, setup) };
}

/**
 * Looks whether an arm could have taken this course: from step 0 on, by looks at every `checkpointEvery` steps and at the last
 * one, to the first look at or above the level or to its largest number of steps.
 */
export function checkCourse(
  record: StoredRecord,
  { trajectory, reached, steps }: Course,
  { tuning }: Setup,
  arm: Arm,
): void {
  const isNull = arm.method === 'null';
  const most = arm.method === 'rl' ? tuning.rlSteps : tuning.steps;
  const looks = trajectory.map(({ step: at }) => at);
  const due = Array.from({ length: Math.ceil(steps / tuning.checkpointEvery) }, (_, i) => i * tuning.checkpointEvery);
  const wanted = [...due, steps];
  expectThat(
    record,
    'trajectory',
    looks.join() === wanted.join(),
    `looks at steps ${wanted.join(', ')}`,
    looks.join(', '),
  );
  const losses = trajectory.map(({ loss }) => loss);
  const onlyFirst = losses.every((loss, i) => (loss === null) === (i === 0));
  expectThat(record, 'trajectory', onlyFirst, 'a loss at every look but the first', losses.join(', '));
  const crossed = trajectory.findIndex(({ step: at, success }) => !isNull && at > 0 && success >= tuning.level);
  const stopped = crossed < 0 ? isNull || steps === most : crossed === trajectory.length - 1;
  const atLook = steps % tuning.checkpointEvery === 0 || steps === most;
  expectThat(
    record,
    'steps',
    stopped && atLook && steps <= most,
    `an end at success ${tuning.level} or step ${most}`,
    steps,
  );
  expectThat(record, 'reached', reached === (isNull || crossed >= 0), 'whether success crossed the level', reached);
}

/** The data of a record as `schema` says it is. Throws `InputError` with every field that does not fit. */
export function checked<T>(record: StoredRecord, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(record.data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues as [z.core.$ZodIssue];
  throw refused(record, issue.path.join('.') || 'data', issue.message, shown(at(record.data, issue.path)));
}

/** Throws the `InputError` of a record whose `field` is not as expected unless `holds`. */
export function expectThat(record: StoredRecord, field: string, holds: boolean, expected: string, got: unknown): void {
  if (!holds) throw refused(record, field, expected, shown(got));
}

function parametersIn(record: StoredRecord, setup: Setup): Float32Array {
  const { size } = layoutOf(architectureOf(drawWorld(setup, 0)));
  const values = record.tensors['parameters']?.values;
  const fits = values instanceof Float32Array && values.length === size;
  expectThat(record, 'parameters', fits, `${size} numbers`, values === undefined ? 'none' : `${values.length} numbers`);
  return values as Float32Array;
}

function refused({ kind, key }: StoredRecord, field: string, expected: string, got: string): InputError {
  return new InputError(`the record ${kind}/${key} of the store is not what its key says: ${field}`, {
    expected,
    got,
    todo: 'nothing was judged by it; npm run verify -- --all names every such record; remove the store, or find what wrote to it',
  });
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 200);

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
