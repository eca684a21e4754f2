import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { type Curve, curveSchema } from '../measure/curve.ts';
import { architectureOf, layoutOf } from '../model/parameters.ts';
import type { StoredRecord } from '../store/record.ts';
import type { Arm } from '../train/arm.ts';
import { commonOptionsOf } from '../train/check.ts';
import { type Catalog, followedBy, kindOf, methodOf } from './catalog.ts';
import type { Course, Lineage } from './keys.ts';

/** A network from the store, and what trained it. */
export interface StoredNetwork {
  readonly parameters: Float32Array;
  readonly device: string;
}

const step = z.int().min(0);
const number = z.number();
/** What trained or measured something, in words. */
export const deviceSchema: z.ZodType<string> = z.string().min(1);
const courseShape = {
  trajectory: z.array(z.strictObject({ step, success: number.min(0).max(1), loss: number.nullable() })).min(1),
  reached: z.boolean(),
  steps: step,
};
export const courseSchema: z.ZodType<Course> = z.strictObject(courseShape);
const baseSchema = z.strictObject({
  losses: z.array(z.strictObject({ step, loss: number })).min(1),
  device: deviceSchema,
});
const armSchema = z.strictObject({
  ...courseShape,
  base: z.string().regex(/^[0-9a-f]{64}$/),
  device: deviceSchema,
  curve: curveSchema.nullable(),
});

/**
 * The base that a record holds. Throws `InputError`, as the other functions here, where the record is not one of a base of
 * this lineage.
 */
export function baseIn(record: StoredRecord, lineage: Lineage): StoredNetwork {
  const { losses, device } = checked(record, baseSchema);
  const { steps } = lineage.setup.pretraining;
  const last = losses.at(-1)?.step;
  expectThat(record, 'losses', last === steps, `until step ${steps}`, last);
  return { parameters: parametersIn(record, lineage), device };
}

/** The network of an arm that a record holds, its course, its curve, and the digest of the base that it was forked from. */
export function armIn(
  record: StoredRecord,
  lineage: Lineage,
  arm: Arm,
): StoredNetwork & { readonly base: string; readonly course: Course; readonly curve: Curve | null } {
  const { base, device, curve, ...course } = checked(record, armSchema);
  checkCourse(record, course, lineage, arm);
  const last = curve?.looks.at(-1)?.step ?? course.steps;
  expectThat(record, 'curve', last === course.steps, `a last look at step ${course.steps}`, last);
  return { base, device, course, curve, parameters: parametersIn(record, lineage) };
}

/** The arm whose steps an arm copies in the end; itself where it ends at its own level. */
function endingArm(catalog: Catalog, arm: Arm): Arm {
  const followed = followedBy(catalog, arm);
  return followed === undefined ? arm : endingArm(catalog, followed);
}

/**
 * Looks whether an arm could have taken this course: from step 0 on, by looks at every `checkpointEvery` steps, at the largest
 * number of steps of its method and at the last one, to the first look at or above the level, or as many steps past it as its arm
 * says, or, where it never came to its level, to the first look with the most success.
 */
export function checkCourse(
  record: StoredRecord,
  { trajectory, reached, steps }: Course,
  { catalog, setup: { tuning } }: Pick<Lineage, 'catalog' | 'setup'>,
  arm: Arm,
): void {
  const { checkpointEvery: every } = tuning;
  const ending = endingArm(catalog, arm);
  const { level = tuning.level, past = 0, steps: own } = commonOptionsOf(ending);
  const copies = ending !== arm || own !== undefined;
  const most = own ?? methodOf(catalog, ending).most(tuning);
  const looks = trajectory.map(({ step: at }) => at);
  const due = Array.from({ length: Math.ceil(steps / every) }, (_, i) => i * every);
  const wanted = [...due, ...(!copies && most < steps && most % every > 0 ? [most] : []), steps];
  wanted.sort((a, b) => a - b);
  const same = looks.join() === wanted.join();
  expectThat(record, 'trajectory', same, `looks at steps ${wanted.join(', ')}`, looks.join(', '));
  const losses = trajectory.map(({ loss }) => loss);
  const onlyFirst = losses.every((loss, i) => (loss === null) === (i === 0));
  expectThat(record, 'trajectory', onlyFirst, 'a loss at every look but the first', losses.join(', '));
  const high = trajectory.find(({ step: at, success }) => !copies && at > 0 && at <= most && success >= level);
  const atLook = (at: number): boolean => at % every === 0 || at === most;
  const tuned = trajectory.slice(1).map(({ success }) => success);
  const atPeak = tuned.indexOf(Math.max(...tuned)) === tuned.length - 1 && atLook(steps) && steps > 0;
  const atEnd = high === undefined ? atPeak && steps <= most : atLook(high.step) && steps === high.step + past;
  const ended = copies ? steps <= most + past && (own === undefined || steps === own) : atEnd;
  const leveled = `an end ${past > 0 ? `${past} steps past` : 'at'} success ${level} or at the most success of steps 1 to ${most}`;
  const end = own !== undefined ? `an end at step ${own}` : copies ? `an end within ${most + past} steps` : leveled;
  expectThat(record, 'steps', ended, end, steps);
  const crossed = copies || high !== undefined;
  expectThat(record, 'reached', reached === crossed, 'whether success crossed the level', reached);
}

/** Which record of a store. */
type Place = Pick<StoredRecord, 'kind' | 'key'>;

/** The data of a record as `schema` says it is. Throws `InputError` with the first field that does not fit. */
export function checked<T>(record: StoredRecord, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(record.data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues as [z.core.$ZodIssue];
  throw refused(record, issue.path.join('.') || 'data', issue.message, shown(at(record.data, issue.path)));
}

/** Throws the `InputError` of a record whose `field` is not as expected unless `holds`. */
export function expectThat(record: Place, field: string, holds: boolean, expected: string, got: unknown): void {
  if (!holds) throw refused(record, field, expected, shown(got));
}

function parametersIn(record: StoredRecord, { catalog, setup }: Lineage): Float32Array {
  const { size } = layoutOf(architectureOf(kindOf(catalog, setup).draw(setup, 0)));
  const values = record.tensors['parameters']?.values;
  const fits = values instanceof Float32Array && values.length === size;
  expectThat(record, 'parameters', fits, `${size} numbers`, values === undefined ? 'none' : `${values.length} numbers`);
  return values as Float32Array;
}

function refused({ kind, key }: Place, field: string, expected: string, got: string): InputError {
  return new InputError(`the record ${kind}/${key} of the store is not what its key says: ${field}`, {
    expected,
    got,
    todo: 'nothing was judged by it; npm run verify -- --all names every such record; remove the store, or find what wrote to it',
  });
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 200);

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
