import { InvariantError } from '../core/errors.ts';
import type { Checkpoint } from '../train/tune.ts';
import { AT } from '../world/characters/places.ts';
import { AT_TEXTS } from '../world/texts/at.ts';
import { alongCurve, type Curve } from './curve.ts';
import type { PlaceNumber } from './places.ts';

/**
 * Where two runs are compared. effect: at equal success on the selection prompts; steps: after equally many; target KL: at equal
 * KL(base || tuned) of the target in dialogues on its topic, of a text variety at its sites. Each is as much as the run that went less far had at most, where a
 * run first comes to it.
 */
export const MATCHINGS = ['effect', 'steps', 'target KL'] as const;
export type Matching = (typeof MATCHINGS)[number];

/** What a matching needs of a run. */
export interface Watched {
  readonly trajectory: readonly Pick<Checkpoint, 'step' | 'success'>[];
  readonly curve: Curve;
}

/** A number of these places in two runs, where they match: each read from its curve, linearly between looks. */
export function matched(
  runs: readonly [Watched, Watched],
  matching: Matching,
  tags: readonly string[],
  number: Exclude<PlaceNumber, 'room'>,
): [number, number] {
  const axes = runs.map((run) => axisOf(run, matching)) as [Axis, Axis];
  const at = Math.min(...axes.map(({ start, along }) => Math.max(start, ...along)));
  return runs.map(({ curve }, r) => readAt(axes[r] as Axis, alongCurve(curve, tags, number), at)) as [number, number];
}

/** What a matching goes by: before the first step, and at each look. */
export interface Axis {
  readonly start: number;
  readonly along: readonly number[];
}

/** What a matching goes by in a run. */
export function axisOf({ trajectory, curve }: Watched, matching: Matching): Axis {
  switch (matching) {
    case 'effect':
      return { start: trajectory[0]?.success ?? 0, along: curve.looks.map(({ success }) => success) };
    case 'steps':
      return { start: 0, along: curve.looks.map(({ step }) => step) };
    case 'target KL':
      return { start: 0, along: alongCurve(curve, whereTrained(curve), 'kl') };
  }
}

/** The tags of the places of a curve that arms train: of worlds of characters the first, of varieties the second. */
export const whereTrained = ({ places }: Curve): readonly string[] =>
  [AT.target, AT_TEXTS.target].find((tags) => places.some((place) => tags.every((tag) => place.tags.includes(tag)))) ??
  AT.target;

/**
 * The value, 0 before the first step, where the axis first comes to `at`, linearly between looks. Throws `InvariantError` where it
 * never does.
 */
export function readAt({ start, along }: Axis, values: readonly number[], at: number): number {
  if (at <= start) return 0;
  const i = along.findIndex((x) => x >= at);
  if (i < 0) throw new InvariantError(`a curve never comes to ${at}: ${along.join(', ')}`);
  const [x, y] = [along[i] as number, values[i] as number];
  const [before, was] = i === 0 ? [start, 0] : [along[i - 1] as number, values[i - 1] as number];
  if (x === at) return y;
  const share = (at - before) / (x - before);
  return (1 - share) * was + share * y;
}
