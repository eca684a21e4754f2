import { REHEARSAL } from '../claims/rehearsal.ts';
import { InputError, InvariantError } from '../core/errors.ts';
import type { Catalog } from '../lab/catalog.ts';
import type { Changes } from '../records/exploration.ts';
import type { Arm } from '../train/arm.ts';
import { type ExplorableKind, isExplorable } from '../world/factors.ts';
import { kindIn, type Setup } from '../world/knobs.ts';

/** A knob that exploration turns, and the values other than the registered one that it may take, mildest first. */
export interface Factor {
  /** A dotted path in the setup, or one of `ARM_FACTORS`. */
  readonly name: string;
  readonly others: readonly number[];
}

/** A registered setup, with the kinds of world of its project. */
export interface Registered {
  readonly setup: Setup;
  readonly catalog: Pick<Catalog, 'worlds'>;
}

/** What every arm's skill intensity is multiplied by: a claim about s = 1 with arms at s = 0.5. */
export const SKILL_SHARE = 'arms.skillShare';

/** Factors of the arms, with the largest value that each may have. */
export const ARM_FACTORS: Readonly<Record<string, number>> = { [REHEARSAL]: 100, [SKILL_SHARE]: 1 };

/**
 * Those of every kind of world. Chosen, as each kind chooses its own, so that premises are likely to hold and no setup costs more
 * than some times the registered one. The optimiser of arms is Adam throughout: beta1 = 0 makes it RMSprop.
 */
const OF_TRAINING: readonly Factor[] = [
  { name: 'model.width', others: [48, 96, 32] },
  { name: 'model.layers', others: [3] },
  { name: 'model.heads', others: [4, 2] },
  { name: 'model.feedForward', others: [4] },
  { name: 'pretraining.steps', others: [4000, 2000] },
  { name: 'pretraining.batch', others: [96, 48] },
  { name: 'pretraining.documentShare', others: [0.45, 0.25] },
  { name: 'pretraining.learningRate', others: [0.002, 0.004] },
  { name: 'pretraining.weightDecay', others: [0.3, 0.1] },
  { name: 'tuning.learningRate', others: [0.0001, 0.0005] },
  { name: 'tuning.beta1', others: [0] },
  { name: 'tuning.clip', others: [0.1] },
  { name: 'tuning.batch', others: [16, 64] },
  { name: 'tuning.rollouts', others: [32, 128] },
  { name: 'tuning.entropyBonus', others: [0, 0.03] },
  { name: 'tuning.klWeight', others: [0.03, 0.1] },
  { name: 'tuning.temperature', others: [1.5, 3] },
  { name: 'tuning.level', others: [0.8, 0.95] },
];
const OF_ARMS: readonly Factor[] = [
  { name: REHEARSAL, others: [0.25, 1, 4] },
  { name: SKILL_SHARE, others: [0.75, 0.5] },
];

/** The kind of a registered setup. Throws `InputError` where it does not say what may be turned in its worlds. */
export function explorable({ setup, catalog: { worlds } }: Registered): ExplorableKind {
  const id = kindIn(setup.world);
  const kind = worlds.find((each) => each.id === id);
  if (kind !== undefined && isExplorable(kind)) return kind;
  throw new InputError('the setup to explore is of a kind of world that does not say what may be turned in it', {
    expected: `a kind that brings \`factors\`, as ${worlds
      .filter(isExplorable)
      .map((each) => each.id)
      .join(', ')} do`,
    got: id,
    todo: 'add `factors` to the kind (docs/add-a-world.md), or explore claims about a setup of another one',
  });
}

/** What may be turned in a registered setup: knobs that its kind of world brings and it has, those of every kind, factors of arms. */
function turnable(registered: Registered): Factor[] {
  const { turned, skills } = explorable(registered).factors;
  const ofWorld = Object.entries(turned)
    .map(([knob, others]) => ({ name: `world.${knob}`, others }))
    .filter(({ name }) => (knobOf(registered.setup, name) ?? 0) !== 0);
  return [...ofWorld, ...OF_TRAINING, ...OF_ARMS.filter(({ name }) => skills || name !== SKILL_SHARE)];
}

/** The names of what may be turned in a registered setup. Throws as `explorable` does. */
export const namesOf = (registered: Registered): string[] => turnable(registered).map(({ name }) => name);

/** The factors of a registered setup, whatever the arms: nothing is turned to what it is. Throws as `explorable` does. */
export function factorsOf(registered: Registered): Factor[] {
  return turnable(registered).flatMap(({ name, others }) => {
    const own = knobOf(registered.setup, name);
    const left = others.filter((value) => value !== own);
    return left.length === 0 ? [] : [{ name, others: left }];
  });
}

/**
 * Of these factors those that change something of a claim with these arms: no share of a skill that none of them trains, and no
 * rehearsal that all of them have.
 */
export function factorsFor(registered: Registered, arms: readonly Arm[]): Factor[] {
  const rehearsed = new Set(arms.flatMap(chain).map(({ rehearsal }) => rehearsal));
  const skilled = arms
    .flatMap(chain)
    .some(({ skill, options }) => skill !== 0 || Number(options?.['stepsOfRl'] ?? 0) !== 0);
  return factorsOf(registered).flatMap(({ name, others }) => {
    if (name === SKILL_SHARE && arms.length > 0 && !skilled) return [];
    if (name !== REHEARSAL || rehearsed.size !== 1) return [{ name, others }];
    return [{ name, others: others.filter((value) => !rehearsed.has(value)) }];
  });
}

/** An arm, the one that it starts after, and so on. */
const chain = (arm: Arm): Arm[] => [arm, ...(arm.after === undefined ? [] : chain(arm.after))];

/** The number at a dotted path of a setup; undefined where there is none. */
export function knobOf(setup: Setup, name: string): number | undefined {
  const [part, knob] = name.split('.') as [keyof Setup, string];
  const value = new Map(Object.entries<unknown>({ ...setup[part] })).get(knob);
  return typeof value === 'number' ? value : undefined;
}

/** The value of a factor in a setup with these changes, for a claim with these arms; unchanged rehearsal is their largest. */
export function factorValue(registered: Setup, arms: readonly Arm[], changes: Changes, name: string): number {
  const set = changes[name];
  if (set !== undefined) return set;
  if (name === REHEARSAL) return Math.max(0, ...arms.map(({ rehearsal }) => rehearsal));
  if (name === SKILL_SHARE) return 1;
  const value = knobOf(registered, name);
  if (value === undefined) throw new InvariantError(`the setup has no knob ${name}`);
  return value;
}

/** Changes in words, for example `world.topics 6, model.layers 3`. */
export function changesText(changes: Changes): string {
  const entries = Object.entries(changes);
  return entries.length === 0 ? 'the registered setup' : entries.map(([name, value]) => `${name} ${value}`).join(', ');
}
