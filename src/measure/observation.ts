import { InputError, NothingToMeasureError } from '../core/errors.ts';
import type { Group, Where } from './groups.ts';
import type { Measure } from './measure.ts';
import type { HiddenAt, HiddenChange } from './measures/hidden.ts';
import type { PlacesReading } from './measures/places.ts';
import type { TargetChange } from './measures/target.ts';
import type { TextChange } from './measures/text.ts';
import type { Utterance } from './measures/transcript.ts';
import { meanAt, type PlaceNumber } from './places.ts';

export type { Group, HiddenAt, Where };

/** What one arm of one replicate changed in a world of characters, each reading by its measure's id. */
export interface Changes {
  readonly target: TargetChange;
  readonly text: TextChange;
  readonly bystanders: readonly Group[];
  readonly places: PlacesReading;
  readonly hidden: readonly HiddenChange[];
  /** Examples of what is said before and after. */
  readonly transcript: readonly Utterance[];
}

/** The reading of a measure in an observation. Throws `InputError` where the observation has none. */
export function readingOf<Data>({ id }: Pick<Measure<Data>, 'id' | 'schema'>, observation: object): Data {
  return present(observation as Readonly<Record<string, Data>>, id);
}

function present<Observed extends object, Id extends keyof Observed & string>(
  observation: Observed,
  id: Id,
): NonNullable<Observed[Id]> {
  const reading = observation[id];
  if (reading !== undefined && reading !== null) return reading;
  throw new InputError(`an observation has no reading of the measure '${id}'`, {
    expected: 'a measure that is read on every arm of the claim',
    got: `readings of ${Object.keys(observation).join(', ')}`,
    todo: `add '${id}' to \`measures\` of the claim and of spillover.config.ts`,
  });
}

/**
 * Mean total variation between base and tuned in bystanders, in [0, 1]: over cells, prompts and answer positions,
 * teacher-forced on the base's own answers. By default on the target's topic. Throws `NothingToMeasureError` without a cell.
 */
export function drift(changes: Pick<Changes, 'bystanders'>, where: Where = { topic: 'same' }): number {
  return weighted(
    changes,
    where,
    ({ cells }) => cells,
    ({ tv }) => tv,
  );
}

/**
 * Increase of the rate of trained answer tokens in bystanders whose own operation is another one, in [-1, 1].
 * By default on the target's topic. Throws `NothingToMeasureError` without such a cell.
 */
export function spread(changes: Pick<Changes, 'bystanders'>, where: Where = { topic: 'same' }): number {
  return weighted(
    changes,
    where,
    ({ spreadCells }) => spreadCells,
    (group) => group.spread,
  );
}

/** Total variation between base and tuned at all places with these tags, in [0, 1]. Throws `NothingToMeasureError` without one. */
export const driftAt = (changes: Pick<Changes, 'places'>, tags: readonly string[]): number =>
  meanAt(present(changes, 'places').end, tags, 'tv');

/**
 * Rise of the probability of the trained token at all places with these tags, where it is another than the own, in [-1, 1]. Throws
 * `NothingToMeasureError` where there is none.
 */
export const spreadAt = (changes: Pick<Changes, 'places'>, tags: readonly string[]): number =>
  meanAt(present(changes, 'places').end, tags, 'spread');

/** The share of what it could be that spread is there: 1 = the trained token for sure. Throws as `spreadAt`. */
export const spreadOfRoomAt = (changes: Pick<Changes, 'places'>, tags: readonly string[]): number =>
  spreadAt(changes, tags) / meanAt(present(changes, 'places').end, tags, 'room');

/**
 * Total variation between base and tuned in bystanders' dialogues on the target's topic, in [0, 1], on prompts that are as like
 * those of the target's training as is asked for, at this temperature of both networks; a claim names the measure `hidden`.
 */
export const hiddenDrift = (changes: Pick<Changes, 'hidden'>, at: HiddenAt): number => hiddenMean(changes, at, 'tv');

/**
 * The same of the rise of the probability of the trained token, where it is another than the own, in [-1, 1]. Throws
 * `NothingToMeasureError` where there is none.
 */
export const hiddenSpread = (changes: Pick<Changes, 'hidden'>, at: HiddenAt): number =>
  hiddenMean(changes, at, 'spread');

function hiddenMean(changes: Pick<Changes, 'hidden'>, at: HiddenAt, number: PlaceNumber): number {
  const all = present(changes, 'hidden');
  const found = all.find(({ prompts, temperature }) => prompts === at.prompts && temperature === at.temperature);
  if (found !== undefined) return meanAt(found.changes, ['bystander'], number);
  throw new InputError('hidden drift is not read there', {
    expected: all.map(({ prompts, temperature }) => `${prompts} at temperature ${temperature}`).join(', '),
    got: `${at.prompts} at temperature ${at.temperature}`,
    todo: 'name one of these',
  });
}

/**
 * Mean damage to bystanders, loss of their own answer tokens under greedy decoding, in [-1, 1]: unlike drift, the same at
 * every temperature. By default on the target's topic. Throws `NothingToMeasureError` without a cell.
 */
export function damage(changes: Pick<Changes, 'bystanders'>, where: Where = { topic: 'same' }): number {
  return weighted(
    changes,
    where,
    ({ cells }) => cells,
    (group) => group.damage,
  );
}

/** Increase of the rate of trained answer tokens in the target, on reporting prompts, in [-1, 1]. */
export function targetEffect(changes: Pick<Changes, 'target'>): number {
  const { trainedBefore, trainedAfter } = present(changes, 'target');
  return trainedAfter - trainedBefore;
}

/**
 * Spread on the target's topic / target effect: 0 = contained, 1 = shared by all. Null where the effect is 0 or less, and where
 * no bystander has another operation than the trained one.
 */
export function containmentRatio(changes: Pick<Changes, 'target' | 'bystanders'>): number | null {
  const open = present(changes, 'bystanders').some(({ topic, spreadCells }) => topic === 'same' && spreadCells > 0);
  const effect = targetEffect(changes);
  return open && effect > 0 ? spread(changes) / effect : null;
}

function weighted(
  changes: Pick<Changes, 'bystanders'>,
  { topic, family }: Where,
  weight: (group: Group) => number,
  value: (group: Group) => number,
): number {
  const chosen = present(changes, 'bystanders').filter(
    (group) => (topic === undefined || group.topic === topic) && (family === undefined || group.family === family),
  );
  const total = chosen.reduce((sum, group) => sum + weight(group), 0);
  if (total === 0) throw new NothingToMeasureError('no bystander of this kind to measure');
  return chosen.reduce((sum, group) => sum + weight(group) * value(group), 0) / total;
}
