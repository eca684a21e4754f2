import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { alike } from '../claims/judging.ts';
import { type PowerAnalysis, type Powered, powerOf } from '../claims/power.ts';
import { canonical } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import { readJsonAs } from '../core/json-file.ts';
import { PROFILES, type Profile } from '../project/config.ts';
import { type Fields, predictionSchema, writable } from './schema.ts';

/** The file of power analyses, in the folder of the reports and in that of a run. */
export const POWER_FILE = 'power.json';

const FORMAT = 1;
const [text, number, seeds] = [z.string(), z.number(), z.array(z.int())];
const count = z.int().min(2);
const powered: z.ZodType<Powered> = z.strictObject({
  alpha: number,
  power: z.strictObject({ quick: number, standard: number, full: number } satisfies Fields<Record<Profile, number>>),
  needed: count.nullable(),
} satisfies Fields<Powered>);
const analysis: z.ZodType<PowerAnalysis> = z
  .strictObject({
    ...{ claim: text, spec: text, unit: text, prediction: predictionSchema, interest: number.nullable() },
    from: z.enum(PROFILES).exactOptional(),
    ...{ seeds, values: z.array(number).min(2), premiseFailures: seeds },
    replicates: z.strictObject({ quick: count, standard: count, full: count } satisfies Fields<
      Record<Profile, number>
    >),
    ...{ confirmatory: z.int().min(1).nullable(), mean: number, sd: number },
    ...{ alone: powered.nullable(), family: powered.nullable() },
  } satisfies Fields<PowerAnalysis>)
  .refine(({ seeds: of, values }) => of.length === values.length, 'a value for every seed');

/** What `power.json` holds. */
interface PowerFile {
  readonly format: typeof FORMAT;
  readonly claims: readonly PowerAnalysis[];
}
const powerFile: z.ZodType<PowerFile> = z.strictObject({
  format: z.literal(FORMAT),
  claims: z
    .array(analysis)
    .refine((all) => new Set(all.map(({ claim }) => claim)).size === all.length, 'every claim once'),
} satisfies Fields<PowerFile>);

/**
 * The power analyses in a folder; none where there is no file. Throws `InputError` where it cannot be read, is not one, or says
 * something that its values do not give.
 */
export function readPower(folder: string): readonly PowerAnalysis[] {
  const path = join(folder, POWER_FILE);
  if (!existsSync(path)) return [];
  const todo = `restore ${path} from version control, or remove it and write it again: npm run power`;
  const { claims } = readJsonAs(path, powerFile, 'what npm run power wrote', todo);
  const wrong = claims.filter((each) => !alike(each, powerOf(each))).map(({ claim }) => claim);
  if (wrong.length === 0) return claims;
  const expected = 'power that the values of the development seeds give';
  throw new InputError(`${path} was edited or damaged`, { expected, got: `another of ${wrong.join(', ')}`, todo });
}

/** `readPower` for a run that has to come to its end: where the file cannot be read, says so, and gives none. */
export function powerIfSound(folder: string): readonly PowerAnalysis[] {
  try {
    return readPower(folder);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`this run is shown without power analyses: ${error.message}\n`);
    return [];
  }
}

/** The text of a file of power analyses, by claim. Throws `InvariantError` where it would not be what its schema says. */
export function powerText(analyses: readonly PowerAnalysis[]): string {
  const claims = [...analyses].sort((a, b) => a.claim.localeCompare(b.claim, 'en', { numeric: true }));
  const file = writable(powerFile, { format: FORMAT, claims }, POWER_FILE);
  return `${JSON.stringify(JSON.parse(canonical(file)), null, 2)}\n`;
}
