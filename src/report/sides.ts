import { mean } from 'simple-statistics';
import type { Judged } from '../claims/gate.ts';
import { meanAt, weightAt } from '../measure/places.ts';
import { named, perReplicate } from '../records/groups.ts';
import type { Records } from '../records/read.ts';
import type { ImportedEvidence } from '../studies/evidence.ts';
import { armName, atTarget } from '../train/arm.ts';
import { armText } from './words.ts';

/** One arm of a contrast: its number at the contrast's places where the arm ends, the mean over replicates. */
export interface Side {
  readonly arm: string;
  readonly mean: number;
}

/** Below this a number is next to nothing, and a ratio to it says nothing. */
const LEAST = 0.01;

/** The two arms that a claim's contrast compares, each with its own mean; undefined without a contrast, or without their runs. */
export function sidesOf(
  { contrast, arms, seeds, setup }: Judged,
  { runs, elsewhere, methods }: Pick<Records, 'runs' | 'elsewhere' | 'methods'>,
): readonly [Side, Side] | undefined {
  if (contrast === undefined) return undefined;
  const { at, number } = contrast;
  const sides = contrast.of.flatMap((name): Side[] => {
    const { setup: own, ...arm } = arms[name] ?? { method: '', skill: 0, rehearsal: 0 };
    const place = own ?? setup;
    const there = elsewhere.find((each) => each.name === place)?.runs ?? runs;
    const nameOf = (run: (typeof runs)[number]): string =>
      armName(arm.target === undefined ? atTarget(run.arm, 0) : run.arm);
    const ended = there.filter((run) => seeds.includes(run.seed) && nameOf(run) === armName(arm));
    const values = perReplicate(ended, ({ places }) =>
      weightAt(places.end, at, number) === 0 ? undefined : meanAt(places.end, at, number),
    );
    if (values.length === 0) return [];
    const placed = { ...arm, ...(own !== undefined && { setup: own }) };
    return [{ arm: armText({ ...named(arm, methods), arm: placed }), mean: mean(values) }];
  });
  return sides.length === 2 ? (sides as [Side, Side]) : undefined;
}

/**
 * The same where their difference is the claim's estimate, nearly: a claim may weigh places or replicates otherwise, or take shares of what is
 * open, and then its arms' means beside its estimate would look like a sum that is wrong.
 */
export function estimateSides(
  each: Judged,
  records: Pick<Records, 'runs' | 'elsewhere' | 'methods'>,
): readonly [Side, Side] | undefined {
  const sides = sidesOf(each, records);
  if (sides === undefined) return undefined;
  const [one, other] = sides;
  const estimate = Math.abs(each.judgement.mean);
  return Math.abs(Math.abs(one.mean - other.mean) - estimate) <= Math.max(0.01, 0.1 * estimate) ? sides : undefined;
}

/** The two arms that a claim about the records of others compares, each with its own number. */
export function importedSides({
  design,
  arms,
}: Pick<ImportedEvidence, 'design' | 'arms'>): readonly [Side, Side] | undefined {
  const sides = arms.map(({ name, values, counts }) => ({
    arm: name,
    mean: design === 'proportions' && counts !== null ? counts.k / counts.n : mean(values),
  }));
  return sides.length === 2 ? (sides as [Side, Side]) : undefined;
}

const two = (value: number): string => String(Number(value.toPrecision(2)));

/** Both arms of a contrast, the larger first, and how many times the other that is where neither is next to nothing. */
export function sidesText(sides: readonly [Side, Side]): string {
  const [more, less] = sides.toSorted((a, b) => b.mean - a.mean) as [Side, Side];
  const ratio = less.mean >= LEAST ? `, ${two(more.mean / less.mean)} times as much` : '';
  return `${two(more.mean)} by ${more.arm} and ${two(less.mean)} by ${less.arm}${ratio}`;
}
