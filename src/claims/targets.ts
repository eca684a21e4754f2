import { type PlacedArm, placedAt } from './placed.ts';
import type { Spec } from './spec.ts';

/** A claim's arms, and of how many targets its number is the mean. */
type Targets = Pick<Spec<string>, 'arms' | 'targets'>;

/** The claim's arms at one of its targets, by their names. */
export function armsAtTarget({ arms, targets }: Targets, target: number): Readonly<Record<string, PlacedArm>> {
  if (targets === undefined) return arms;
  return Object.fromEntries(Object.entries(arms).map(([name, arm]) => [name, placedAt(arm, target)]));
}

/** The targets of a claim, 0 alone where it says nothing of them. */
export const targetsOf = ({ targets = 1 }: Targets): number[] => Array.from({ length: targets }, (_, target) => target);

/** What an arm of a claim is called at one of its targets: at the first by its own name. */
export const nameAt = (name: string, target: number): string => (target === 0 ? name : `${name}, target ${target}`);

/** Every arm that a claim needs: each at every target, by `nameAt`. */
export function armsAtTargets(spec: Targets): Readonly<Record<string, PlacedArm>> {
  const all = targetsOf(spec).flatMap((target) =>
    Object.entries(armsAtTarget(spec, target)).map(([name, arm]) => [nameAt(name, target), arm] as const),
  );
  return Object.fromEntries(all);
}
