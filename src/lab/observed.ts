import { z } from 'zod';
import { canonical, type Json } from '../core/canonical.ts';
import type { Reading, ReadingFault } from '../measure/measure.ts';
import { type Changes, containmentRatio } from '../measure/observation.ts';
import type { StoredRecord } from '../store/record.ts';
import type { Store } from '../store/store.ts';
import { type Arm, armName } from '../train/arm.ts';
import type { World } from '../world/world.ts';
import { kindOf, measuresFor } from './catalog.ts';
import { type BaseObservation, type Course, keysOf, type Lineage, type Observation } from './keys.ts';
import { checkCourse, checked, courseSchema, deviceSchema, expectThat } from './networks.ts';

const common = { seed: z.int(), devices: z.array(deviceSchema).min(1), measure: z.string() };
const arm = z.looseObject({ method: z.string(), skill: z.number(), rehearsal: z.number() });

/** What a record says of one measure, and whose it is. */
interface Read<Data> {
  readonly devices: readonly string[];
  readonly data: Data;
}

interface Reader<Data> {
  readonly id: string;
  readonly schema: z.ZodType<Data>;
}

const ofArm = <Data>(reading: z.ZodType<Data>) => z.strictObject({ ...common, arm, course: courseSchema, reading });
type OfArm<Data> = ReturnType<typeof ofArm<Data>>;
/** By the schema of a reading: zod compiles what `ofArm` gives, which takes as long as looking through a record with it. */
const shapes = new WeakMap<z.ZodType, OfArm<unknown>>();

/**
 * Throws `InputError`, as do the other functions here, where a number is missing or out of its range, does not follow from the
 * rest of the record, or the record is one of another replicate: it names the record and the field, and nothing is judged by it.
 */
function checkFault(record: StoredRecord, fault: ReadingFault | undefined): void {
  if (fault !== undefined) expectThat(record, `reading.${fault.field}`, false, fault.expected, fault.got);
}

function checkWhose(record: StoredRecord, of: { seed: number; measure: string }, { seed }: Lineage, id: string): void {
  expectThat(record, 'seed', of.seed === seed, `${seed}`, of.seed);
  expectThat(record, 'measure', of.measure === id, id, of.measure);
}

/** What a record says of the base of a lineage by one measure. */
export function baseReadingIn<Data>(
  record: StoredRecord,
  lineage: Lineage,
  { id, schema, fault }: Reader<Data> & { fault?(reading: Reading<Data>, world: World): ReadingFault | undefined },
): Read<Data> {
  const { reading: data, devices, ...of } = checked(record, z.strictObject({ ...common, reading: schema }));
  checkWhose(record, of, lineage, id);
  checkFault(record, fault?.({ data, tensors: record.tensors }, worldOf(lineage, 0)));
  return { devices, data };
}

/**
 * What a record says of an arm of a lineage by one measure. Beside the ranges it is looked at whether the arm could have taken
 * such a course, and whatever the measure itself looks at. `courseText` is its course as JSON, the same of equal ones.
 */
export function readingIn<Data>(
  record: StoredRecord,
  lineage: Lineage,
  wanted: Arm,
  {
    id,
    schema,
    fault,
  }: Reader<Data> & { fault?(reading: Reading<Data>, world: World, arm: Arm): ReadingFault | undefined },
): Read<Data> & { readonly course: Course; readonly courseText: string } {
  const shape = (shapes.get(schema) as OfArm<Data> | undefined) ?? ofArm(schema);
  shapes.set(schema, shape);
  const { reading: data, devices, course, ...of } = checked(record, shape);
  checkWhose(record, of, lineage, id);
  expectThat(record, 'arm', canonical(of.arm) === canonical(wanted), armName(wanted), canonical(of.arm));
  checkCourse(record, course, lineage, wanted);
  checkFault(record, fault?.({ data, tensors: record.tensors }, worldOf(lineage, wanted.target ?? 0), wanted));
  // With its fields in the order of the schema.
  return { devices, data, course, courseText: JSON.stringify(course) };
}

/** Worlds that were drawn for records already, by their setup: a run reads some arms of each. */
const drawn = new WeakMap<Lineage['setup'], Map<string, World>>();

function worldOf({ catalog, setup, seed }: Lineage, target: number): World {
  const known = drawn.get(setup) ?? new Map<string, World>();
  drawn.set(setup, known);
  const name = `${seed} ${target}`;
  const world = known.get(name) ?? kindOf(catalog, setup).draw(setup, seed, target);
  known.set(name, world);
  return world;
}

/** The keys of what is read of a lineage's arm, or of its base where `arm` is null, by the id of the measure. */
export function readingKeys(lineage: Lineage, arm: Arm | null): ReadonlyMap<string, string> {
  const keys = keysOf(lineage);
  const { arms, bases } = measuresFor(lineage.catalog, kindOf(lineage.catalog, lineage.setup), lineage.asked);
  const of = arm === null ? bases : arms;
  return new Map(of.map(({ id }) => [id, arm === null ? keys.baseReading(id) : keys.reading(arm, id)]));
}

/** Whether the store has files for all that is read of a lineage's arm, or of its base; only reading tells whether they are sound. */
export const isObserved = (store: Store, lineage: Lineage, arm: Arm | null): boolean =>
  [...readingKeys(lineage, arm).values()].every((key) => store.has('reading', key));

/** Readings that were looked through already, by their key, with the data of the record that they are of. */
const known = new Map<string, { readonly data: Json; readonly read: unknown }>();

/** What `look` makes of a reading, once as long as the store gives the same record; undefined where it was not made yet. */
function readOnce<T>(store: Store, key: string, look: (record: StoredRecord) => T): T | undefined {
  const before = known.get(key);
  if (before !== undefined && store.data('reading', key) === before.data) return before.read as T;
  const record = store.read('reading', key);
  if (record === undefined) return undefined;
  const read = look(record);
  known.set(key, { data: record.data, read });
  return read;
}

/** The observation of a lineage's arm, or undefined where a reading was not made yet. */
export function readObservation(store: Store, lineage: Lineage, arm: Arm): Observation | undefined {
  const { arms } = measuresFor(lineage.catalog, kindOf(lineage.catalog, lineage.setup), lineage.asked);
  const keys = readingKeys(lineage, arm);
  const readings: [string, unknown][] = [];
  const all = new Set<string>();
  let first: { readonly course: Course; readonly courseText: string } | undefined;
  for (const measure of arms) {
    const key = keys.get(measure.id) as string;
    const read = readOnce(store, key, (record) => readingIn(record, lineage, arm, measure));
    if (read === undefined) return undefined;
    const { data, devices, course, courseText } = read;
    first ??= { course, courseText };
    const same = first.courseText === courseText;
    expectThat({ kind: 'reading', key }, 'course', same, 'that of the other readings', course);
    for (const device of devices) all.add(device);
    readings.push([measure.id, data]);
  }
  if (first === undefined) return undefined;
  const changes = Object.fromEntries(readings) as Partial<Changes> as Changes;
  const ratio = changes.target && changes.bystanders ? containmentRatio(changes) : null;
  const measures = arms.map(({ id }) => id);
  // What the harness itself says goes last: no measure can take its place.
  return { ...changes, seed: lineage.seed, arm, measures, ...first.course, containmentRatio: ratio, devices: [...all] };
}

/** The observation of a lineage's base, or undefined where a reading was not made yet. */
export function readBaseObservation(store: Store, lineage: Lineage): BaseObservation | undefined {
  const { bases } = measuresFor(lineage.catalog, kindOf(lineage.catalog, lineage.setup));
  const keys = readingKeys(lineage, null);
  const readings: [string, unknown][] = [];
  const all = new Set<string>();
  let played = true;
  for (const measure of bases) {
    const key = keys.get(measure.id) as string;
    const read = readOnce(store, key, (record) => baseReadingIn(record, lineage, measure));
    if (read === undefined) return undefined;
    const { data, devices } = read;
    for (const device of devices) all.add(device);
    played &&= measure.isPlayed?.(data) ?? true;
    readings.push([measure.id, data]);
  }
  const quality = Object.fromEntries(readings) as Pick<BaseObservation, 'quality'>;
  return { ...quality, seed: lineage.seed, played, devices: [...all] };
}

/** One replicate of some arms: its base, and one observation an arm by `armName`. */
export interface ReplicateObservation {
  readonly seed: number;
  readonly base: BaseObservation;
  readonly arms: ReadonlyMap<string, Observation>;
}

/** What the store holds of one replicate; undefined where something is missing. */
export function readReplicate(
  { catalog, setup, engine, asked, arms }: Omit<Lineage, 'seed'> & { readonly arms: readonly Arm[] },
  store: Store,
  seed: number,
): ReplicateObservation | undefined {
  const lineage: Lineage = { catalog, setup, seed, engine, asked };
  const base = readBaseObservation(store, lineage);
  const observed = arms.map((arm) => [armName(arm), readObservation(store, lineage, arm)] as const);
  const there = observed.filter((each): each is [string, Observation] => each[1] !== undefined);
  if (base === undefined || there.length < observed.length) return undefined;
  return { seed, base, arms: new Map(there) };
}
