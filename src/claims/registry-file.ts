import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { canonical } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import { readJsonAs } from '../core/json-file.ts';
import { PROFILES } from '../project/configuration.ts';
import { registryFaults } from './coherence.ts';
import type { Content } from './content.ts';
import { placedArmSchema } from './placed.ts';
import type { Declaration, RegisteredResult, Registry, Replaced } from './registry.ts';
import { STRATA } from './rehearsal.ts';
import { FAMILIES } from './spec.ts';
import { VERDICTS } from './verdict.ts';

/** Version of the registry's file. */
const FORMAT = 3;

const verdict = z.enum(VERDICTS);
const prediction = z.strictObject({ kind: z.enum(['greater', 'less', 'equivalent']), margin: z.number() });
const result: z.ZodType<RegisteredResult> = z.strictObject({
  ...{ n: z.int().min(2), usable: z.int().min(0).optional(), drawn: z.string(), digest: z.string() },
  ...{ verdict, familyVerdict: verdict, mean: z.number(), sd: z.number(), low: z.number(), high: z.number() },
  ...{ engine: z.string(), devices: z.array(z.string()), holdout: z.boolean().optional() },
});
const replaced: z.ZodType<Replaced> = z.strictObject({
  ...{ spec: z.string(), profile: z.enum(PROFILES), n: z.int(), verdict, familyVerdict: verdict },
  ...{ mean: z.number(), low: z.number(), high: z.number() },
  ...{ holdout: z.boolean().optional(), commit: z.string().optional() },
});
const content: z.ZodType<Content> = z.strictObject({
  ...{
    statement: z.string(),
    setup: z.string().exactOptional(),
    family: z.enum(FAMILIES),
    estimand: z.string(),
    unit: z.string(),
    prediction,
  },
  interest: z.number().exactOptional(),
  ...{ arms: z.record(z.string(), placedArmSchema), mayFallShort: z.array(z.string()) },
  premises: z.array(z.string()).optional(),
  about: z.strictObject({ claim: z.string(), stratum: z.enum(STRATA).exactOptional(), side: prediction }).optional(),
});
const profiles = z.strictObject(Object.fromEntries(PROFILES.map((profile) => [profile, result.optional()])));
const declared: z.ZodType<Declaration> = z.strictObject({
  commit: z.string().regex(/^[0-9a-f]{40,64}$/),
  text: z.string(),
});
const claim = z.strictObject({
  ...{ spec: z.string(), content, declared: declared.optional() },
  ...{ history: z.array(replaced).optional(), profiles },
});
const schema = z.strictObject({ format: z.literal(FORMAT), claims: z.record(z.string(), claim) });

const EXPECTED = 'the registry that `npm run register` writes';
const howToMend = (path: string): string =>
  `restore ${path} from version control, or remove it and write it again: npm run register -- --all`;

/**
 * The registry in a file. Throws `InputError` where it cannot be read, is not one, is not what a registration writes (a key
 * that stands twice among it), or contradicts itself: see `registryFaults`.
 */
export function readRegistry(path: string): Registry {
  const registry = readJsonAs(path, schema, EXPECTED, howToMend(path)).claims as Registry;
  const refused = (expected: string, got: string): InputError =>
    new InputError(`${path} is not as it should be`, { expected, got, todo: howToMend(path) });
  const faults = registryFaults(registry);
  if (faults.length > 0) throw refused('entries whose numbers give their verdicts', faults.join('; '));
  if (squeezed(readFileSync(path, 'utf8')) !== squeezed(registryText(registry)))
    throw refused(EXPECTED, 'other text of the same meaning, for example a claim or a key that stands twice');
  return registry;
}

/** JSON text without white space between its tokens, and without a byte order mark. */
const squeezed = (text: string): string => text.replace(/^\uFEFF/, '').replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');

/** The text of a registry file. */
export function registryText(registry: Registry): string {
  const sorted = Object.fromEntries(Object.entries(registry).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ format: FORMAT, claims: JSON.parse(canonical(sorted)) }, null, 2)}\n`;
}
