import { z } from 'zod';
import type { BaseObservation, Observation } from '../lab/keys.ts';
import type { BaseMeasure, Measure } from '../measure/measure.ts';
import { baseMeasures, measures } from '../measure/measures/index.ts';
import { type Arm, armSchema } from '../train/arm.ts';

/** The file of the observations of bases and arms, one JSON value a line, compressed. */
export const OBSERVATIONS = 'observations.jsonl.gz';

/** How one bystander changed on the target's topic, and its mean total variation on the others. */
export interface CharacterChange {
  readonly name: string;
  /** Family, by number; 0 is the target's. */
  readonly family: number;
  readonly tv: number;
  readonly spread: number;
  readonly otherTopicsTv: number;
}

/** A line of characters.jsonl: what one arm of one replicate changed, bystander by bystander. */
export interface ArmCharacters {
  readonly seed: number;
  readonly arm: Arm;
  readonly characters: readonly CharacterChange[];
}

/** Of which setup a line of observations.jsonl.gz is, by its name; the one that claims are about that name none where absent. */
interface OfSetup {
  readonly setup?: string;
}
export type BaseLine = BaseObservation & OfSetup;
export type ArmLine = Observation & OfSetup;

const text = z.string();
const number = z.number();
const whose = { seed: z.int(), setup: text.exactOptional(), devices: z.array(text) };

/** Readings of these measures as each of them says; of measures that are not here anything. */
const readings = (of: readonly Pick<Measure | BaseMeasure, 'id' | 'schema'>[]): Record<string, z.ZodType> =>
  Object.fromEntries(of.map(({ id, schema }) => [id, schema.optional()]));

/** What the line of an arm is, where these measures are known: their readings are as their types say. */
export function armLine(known: readonly Measure[] = measures): z.ZodType<ArmLine> {
  const line: z.ZodType = z.looseObject({
    ...{ ...whose, arm: armSchema, reached: z.boolean(), steps: z.int(), measures: z.array(text) },
    trajectory: z.array(z.strictObject({ step: z.int(), success: number, loss: number.nullable() })),
    ...readings(known),
    containmentRatio: number.nullable(),
  });
  return line as z.ZodType<ArmLine>;
}

/** What the line of a base is, where these measures are known. */
export function baseLine(known: readonly BaseMeasure[] = baseMeasures): z.ZodType<BaseLine> {
  const line: z.ZodType = z.looseObject({ ...whose, played: z.boolean(), ...readings(known) });
  return line as z.ZodType<BaseLine>;
}

/** What a line of characters.jsonl is. */
export const charactersLine: z.ZodType<ArmCharacters> = z.strictObject({
  ...{ seed: z.int(), arm: armSchema },
  characters: z
    .array(z.strictObject({ name: text, family: number, tv: number, spread: number, otherTopicsTv: number }))
    .min(1),
});
