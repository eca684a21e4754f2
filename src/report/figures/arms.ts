import { intervalText, three } from '../../claims/describe.ts';
import type { Observation } from '../../lab/keys.ts';
import { type ArmRuns, bySeed, isLeveled, isPlain, type NamedArm, summed } from '../../records/groups.ts';

/** An arm with its number in every replicate that has one, which is the mean over its targets; their mean and 95 % interval. */
export interface Measured extends NamedArm, ReturnType<typeof summed> {
  readonly own: readonly { readonly seed: number; readonly value: number }[];
}

/** A number of every arm that has it in any replicate. */
export const measured = (arms: readonly ArmRuns[], of: (run: Observation) => number | undefined): Measured[] =>
  arms.flatMap(({ arm, method, runs }) => {
    const own = [...bySeed(runs, of)].map(([seed, value]) => ({ seed, value }));
    return own.length === 0 ? [] : [{ arm, method, own, ...summed(own.map(({ value }) => value)) }];
  });

/** Arms that say what a method does at a skill intensity: without rehearsal, options, repetition or an arm before. */
export const unrehearsed = <Each extends NamedArm>(arms: readonly Each[]): Each[] =>
  arms.filter((each) => isPlain(each) && each.arm.rehearsal === 0);

/** The option that holds bystanders where they are, and with rehearsal the price of what the target learns. */
const HELD = 'bystanderKl';

/** Arms that are alike but for how much they hold the others, by rehearsal or a KL on bystanders: every series that has several. */
export function priced<Each extends NamedArm>(arms: readonly Each[]): Each[] {
  const alone = arms.filter(({ arm: { options, ...rest } }) =>
    isPlain({ arm: Object.keys(options ?? {}).every((name) => name === HELD) ? rest : { ...rest, options } }),
  );
  const series = ({ arm }: NamedArm): string => `${arm.method} ${arm.skill}`;
  return alone.filter((each) => alone.some((other) => other !== each && series(other) === series(each)));
}

/** How many replicates an arm has. */
export const replicatesOf = ({ runs }: ArmRuns): number => new Set(runs.map(({ seed }) => seed)).size;

/** How many runs of an arm reached their level; an arm that ends after another's steps has none. */
export function reachedText(each: ArmRuns): string {
  if (!isLeveled(each)) return '-';
  const { runs } = each;
  return `${runs.filter(({ reached }) => reached).length} of ${runs.length}`;
}

/** A mean over replicates with its interval, or the number itself where there is one. */
export const meanText = (values: readonly number[]): string =>
  values.length === 1 ? three(values[0] as number) : intervalText(summed(values));
