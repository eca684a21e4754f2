import { z } from 'zod';
import { InputError, InvariantError } from '../core/errors.ts';
import type { ReplicateObservation } from '../lab/observed.ts';
import { type Arm, armName, armSchema, atTarget } from '../train/arm.ts';

/** An arm of a claim, with the setup that it is of where that is not the claim's own, by its name in the configuration. */
export interface PlacedArm extends Arm {
  readonly setup?: string | undefined;
}

/** What such an arm is, whatever its method and the setups that there are. */
export const placedArmSchema: z.ZodType<PlacedArm> = z
  .looseObject({ setup: z.string().min(1).exactOptional() })
  .refine((placed) => armSchema.safeParse(plainArm(placed as object as PlacedArm)).success, 'an arm')
  .transform((placed) => placed as object as PlacedArm);

/**
 * The arm in another setup than the claim's own: the same seeds draw both worlds, each pretrains its own base there, and a replicate
 * compares the two. Throws `InputError` for a name that says nothing.
 */
export function inSetup(setup: string, arm: Arm): PlacedArm {
  if (setup.trim() !== '') return { ...arm, setup };
  throw new InputError('an arm in a setup without a name', {
    expected: 'the name of a setup of the configuration',
    got: `'${setup}'`,
    todo: 'name the setup, or leave `inSetup` out',
  });
}

/** The arm alone, as methods and the store know it. */
export function plainArm({ setup: _, ...arm }: PlacedArm): Arm {
  return arm;
}

/** The name of an arm in the observations of a claim: that of the arm, and of another setup that it is of. */
export function placedName(placed: PlacedArm): string {
  const name = armName(plainArm(placed));
  return placed.setup === undefined ? name : `${name} in ${placed.setup}`;
}

/** The same arm of another target of its setup. */
export function placedAt(placed: PlacedArm, target: number): PlacedArm {
  const there = atTarget(plainArm(placed), target);
  return placed.setup === undefined ? there : { ...there, setup: placed.setup };
}

/** The arms of each setup, those of the claim's own under undefined, each once. */
export function bySetupName(arms: readonly PlacedArm[]): ReadonlyMap<string | undefined, readonly Arm[]> {
  const different = new Map(arms.map((arm) => [placedName(arm), arm]));
  const names = [...new Set([...different.values()].map(({ setup }) => setup))];
  return new Map(
    names.map((name) => [name, [...different.values()].filter(({ setup }) => setup === name).map(plainArm)]),
  );
}

/**
 * Replicates of a claim's arms: `observe` gives those of its own setup, and of each other one by its name, of the same seeds. A base
 * plays its characters where those of all setups do; arms of another setup stand under their `placedName`. Throws `InvariantError`
 * on replicates of other seeds.
 */
export async function observePlaced(
  placed: readonly PlacedArm[],
  observe: (arms: readonly Arm[], setup: string | undefined) => Promise<readonly ReplicateObservation[]>,
): Promise<readonly ReplicateObservation[]> {
  const setups = bySetupName(placed);
  let replicates = await observe(setups.get(undefined) ?? [], undefined);
  for (const [name, arms] of setups)
    if (name !== undefined) replicates = besideEach(replicates, name, await observe(arms, name));
  return replicates;
}

/** Replicates with what was observed of the same seeds in another setup. */
function besideEach(
  replicates: readonly ReplicateObservation[],
  setup: string,
  others: readonly ReplicateObservation[],
): ReplicateObservation[] {
  return replicates.map((replicate) => {
    const other = others.find(({ seed }) => seed === replicate.seed);
    if (other === undefined) throw new InvariantError(`no replicate of seed ${replicate.seed} in the setup ${setup}`);
    const { base, arms } = other;
    const placed = [...arms.values()].map((each) => [placedName({ ...each.arm, setup }), each] as const);
    return {
      ...replicate,
      base: {
        ...replicate.base,
        played: replicate.base.played && base.played,
        devices: [...new Set([...replicate.base.devices, ...base.devices])],
      },
      arms: new Map([...replicate.arms, ...placed]),
    };
  });
}

/**
 * Throws `InputError` where a claim has arms, and none of its own setup, whose base is the one that its estimate is given; and where an
 * arm says by name that it is of the claim's own.
 */
export function refuseMisplaced(
  id: string,
  { setup, arms }: { readonly setup?: string | undefined; readonly arms: Readonly<Record<string, PlacedArm>> },
): void {
  const all = Object.entries(arms);
  const [own] = all.find(([, arm]) => arm.setup !== undefined && arm.setup === setup) ?? [];
  if (own === undefined && (all.length === 0 || all.some(([, arm]) => arm.setup === undefined))) return;
  throw new InputError(`the arms of ${id} are not where they should be`, {
    expected: 'an arm of the setup that the claim is about, without `inSetup`, and arms of others with it',
    got: own === undefined ? 'none but of other setups' : `${own}, by name of the claim's own`,
    todo: 'give the claim the `setup` of one of its arms, and leave `inSetup` out of the arms of that one',
  });
}

/** The names of the setups that a claim is about, its own first: undefined where that is the one of claims that name none. */
export function setupNamesOf({
  setup,
  arms = {},
}: {
  readonly setup?: string | undefined;
  readonly arms?: Readonly<Record<string, object>> | undefined;
}): (string | undefined)[] {
  const others = Object.values(arms).map((arm: Pick<PlacedArm, 'setup'>) => arm.setup ?? setup);
  return [...new Set([setup, ...others])];
}
