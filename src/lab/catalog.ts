import { InputError, InvariantError } from '../core/errors.ts';
import type { EngineModule } from '../engine/engine.ts';
import { engineNamed } from '../engine/named.ts';
import type { BaseMeasure, Measure } from '../measure/measure.ts';
import { type Arm, after, armName, atTarget, repeated } from '../train/arm.ts';
import { checkArm, commonOptionsOf, endsAs, optionsOf } from '../train/check.ts';
import { sharing } from '../train/common.ts';
import type { Method } from '../train/method.ts';
import { kindIn, type Setup, type WorldKnobs } from '../world/knobs.ts';
import type { World, WorldKind } from '../world/world.ts';

/** Everything that a run can be made of: plain lists, in the order in which tables show them. */
export interface Lists {
  readonly methods: readonly Method[];
  readonly measures: readonly Measure[];
  readonly baseMeasures: readonly BaseMeasure[];
  readonly worlds: readonly WorldKind[];
  readonly engines: readonly EngineModule[];
}

/** The lists of a project. */
export interface Catalog extends Lists {
  /** URL of the module whose default export has those lists that are not the built-in ones; workers load it. */
  readonly from?: string | undefined;
}

/** The method of an arm, whose skill and options are such as it takes. Throws `InputError` otherwise. */
export const methodOf = ({ methods: known }: Catalog, arm: Arm): Method => checkArm(arm, known);

/** The engine with an id. Throws `InputError` that names the known ones. */
export const engineOf = (catalog: Catalog, id: string): EngineModule => engineNamed(catalog.engines, id);

/** The kind of world of a setup, which was validated with it. Throws `InvariantError` where it is not on the list. */
export function kindOf({ worlds }: Catalog, { world }: Setup<WorldKnobs>): WorldKind {
  const kind = kindIn(world);
  const found = worlds.find(({ id }) => id === kind);
  if (found === undefined) throw new InvariantError(`a setup of the kind of world '${kind}', which is on no list`);
  return found;
}

/** The world of a seed in which an arm changes its target. Throws `InputError` where the setup has no such target. */
export function worldFor(catalog: Catalog, setup: Setup<WorldKnobs>, seed: number, arm: Arm): World {
  const kind = kindOf(catalog, setup);
  const { target = 0 } = arm;
  const targets = kind.targets?.(setup) ?? 1;
  if (target < targets) return kind.draw(setup, seed, target);
  throw new InputError(`the arm ${armName(arm)} changes a target that its setup does not have`, {
    expected: `target 0 to ${targets - 1}, of the ${targets} that the setup has`,
    got: `${target}`,
    todo: 'correct the arm, or give the setup more targets (`targets` of its world)',
  });
}

interface MeasuresOf {
  readonly arms: Measure[];
  readonly bases: BaseMeasure[];
}

/** The measures that can read a kind of world. */
export function measuresOf(catalog: Catalog, kind: WorldKind): MeasuresOf {
  const reads = ({ worlds: kinds }: Pick<Measure, 'worlds'>): boolean => kinds.includes(kind.id);
  return { arms: catalog.measures.filter(reads), bases: catalog.baseMeasures.filter(reads) };
}

/** The measures that do read runs in a kind of world: all that can, but those that are to be asked for where nobody did. */
export function measuresFor(catalog: Catalog, kind: WorldKind, asked: readonly string[] = []): MeasuresOf {
  const { arms, bases } = measuresOf(catalog, kind);
  return { arms: arms.filter((measure) => measure.asked !== true || asked.includes(measure.id)), bases };
}

/** The measures, by id, that read only where they are asked for, and that these claims, or some arms of claims, name. */
export function askedBy(
  { measures }: Pick<Catalog, 'measures'>,
  claims: readonly { readonly measures?: readonly string[] | undefined }[],
): string[] {
  const named = claims.flatMap((claim) => claim.measures ?? []);
  return measures.flatMap(({ id, asked }) => (asked === true && named.includes(id) ? [id] : []));
}

/**
 * The arm whose steps an arm copies, with the same options of those that every method takes; undefined where it ends at its own
 * level.
 */
export function followedBy(catalog: Catalog, arm: Arm): Arm | undefined {
  const followed = endsAs(methodOf(catalog, arm), arm);
  return followed && besideOf(sharing(followed, arm), arm);
}

/** The arm whose network an arm learns from; undefined where its method has no teacher. */
export function teacherOf(catalog: Catalog, arm: Arm): Arm | undefined {
  const teacher = methodOf(catalog, arm).teacher?.(arm);
  return teacher && besideOf(teacher, arm);
}

/**
 * The arms of the same replicate that must be there before an arm, each once: the one that it starts after, the one whose steps
 * it copies, the one that it learns from.
 */
export function neededBy(catalog: Catalog, arm: Arm): Arm[] {
  const all = [arm.after, followedBy(catalog, arm), teacherOf(catalog, arm)].filter((each) => each !== undefined);
  return [...new Map(all.map((each) => [armName(each), each])).values()];
}

/** The steps that an arm is expected to take: its own, those of its method, or of the method of the arm whose steps it copies. */
export const expectedSteps = (catalog: Catalog, arm: Arm): number =>
  commonOptionsOf(arm).steps ?? methodOf(catalog, followedBy(catalog, arm) ?? arm).expected;

/** How many arms must be made one after another before an arm. */
export const depthOf = (catalog: Catalog, arm: Arm): number =>
  Math.max(0, ...neededBy(catalog, arm).map((each) => 1 + depthOf(catalog, each)));

/** An arm of the target and the repetition of another one, which starts where that one does. */
function besideOf(of: Arm, { target = 0, again = 0, after: first }: Arm): Arm {
  const beside = repeated(atTarget(of, target), again);
  return first === undefined ? beside : after(first, beside);
}

/**
 * The kind of program that an arm trains in: arms of one kind can train in one. Methods whose steps are not the same function
 * have no kind in common, whatever they call theirs.
 */
export function programKind(catalog: Catalog, arm: Arm): string {
  const method = methodOf(catalog, arm);
  const steps = catalog.methods.findIndex((each) => each.steps === method.steps);
  return `${method.kind(arm, optionsOf(method, arm))}, steps ${steps}`;
}
