import { canonical } from '../core/canonical.ts';
import { PROFILES } from '../project/configuration.ts';
import type { Content } from './content.ts';
import { predictionText, three } from './describe.ts';
import { seedsText } from './holdout.ts';
import type { RegisteredClaim, RegisteredResult, Registry, Replaced } from './registry.ts';

/** One field of a claim that a registration changes: what it was, and what it becomes; a dash where there is none. */
export interface FieldChange {
  readonly claim: string;
  readonly field: string;
  readonly was: string;
  readonly is: string;
}

/** A field's text to read, and its value to the last digit. */
interface Shown {
  readonly text: string;
  readonly exact: string;
}
const NONE = '-';

/** Every field in which two registries differ, claim by claim. */
export function registryChanges(before: Registry, after: Registry): FieldChange[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return ids
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .flatMap((claim) => {
      const [was, is] = [fieldsOf(before[claim]), fieldsOf(after[claim])];
      const fields = [...new Set([...is.keys(), ...was.keys()])];
      return fields.flatMap((field) => {
        const [old, now] = [was.get(field), is.get(field)];
        if (old?.exact === now?.exact) return [];
        const short = old?.text !== now?.text;
        const shown = (each: Shown | undefined): string => (each === undefined ? NONE : short ? each.text : each.exact);
        return [{ claim, field, was: shown(old), is: shown(now) }];
      });
    });
}

/** What is registered of a claim, field by field; nothing of none. */
function fieldsOf(claim: RegisteredClaim | undefined): Map<string, Shown> {
  if (claim === undefined) return new Map();
  const { content, spec, declared, profiles, history = [] } = claim;
  return new Map([
    ...Object.entries(contentFields(content)),
    ['spec', hash(spec)],
    ...(declared === undefined ? [] : [['declared in', hash(declared.commit)] as const]),
    ...PROFILES.flatMap((profile) => {
      const result = profiles[profile];
      if (result === undefined) return [];
      const fields = Object.entries(resultFields(result, content.unit));
      return fields.map(([name, shown]): [string, Shown] => [`${profile}: ${name}`, shown]);
    }),
    ...(history.length > 0 ? [['history', ofHistory(history)] as const] : []),
  ]);
}

function contentFields({
  prediction,
  interest,
  unit,
  arms,
  mayFallShort,
  premises = [],
  about,
  ...texts
}: Content): Record<string, Shown> {
  const { statement, family, estimand } = texts;
  return {
    ...{ statement: plain(statement), family: plain(family), estimand: plain(estimand) },
    prediction: plain(predictionText(prediction, unit)),
    ...(interest !== undefined && { 'smallest of interest': plain(`${interest} ${unit}`) }),
    arms: plain(canonical(arms)),
    'may fall short': plain(mayFallShort.join(', ') || NONE),
    premises: plain(premises.join('; ') || NONE),
    ...(about && { about: plain(`${about.claim}, ${predictionText(about.side, unit)}`) }),
  };
}

function resultFields(result: RegisteredResult, unit: string): Record<string, Shown> {
  const { verdict, familyVerdict, mean, sd, low, high, n, usable, drawn, digest, engine, devices, holdout } = result;
  const number = (value: number): Shown => ({ text: `${three(value)} ${unit}`, exact: `${value} ${unit}` });
  return {
    verdict: plain(verdict),
    'verdict after Holm': plain(familyVerdict),
    mean: number(mean),
    interval: { text: `[${three(low)}, ${three(high)}]`, exact: `[${low}, ${high}]` },
    'standard deviation': number(sd),
    replicates: plain(usable === undefined ? String(n) : `${usable} usable of ${n} setups`),
    drawn: hash(drawn),
    ...(holdout !== undefined && { seeds: plain(seedsText(result)) }),
    numbers: hash(digest),
    engine: plain(engine),
    devices: plain(devices.join('; ')),
  };
}

/** How many earlier results a history tells of. */
const ofHistory = (history: readonly Replaced[]): Shown => ({
  text: `${history.length} earlier`,
  exact: canonical(history),
});
const plain = (text: string): Shown => ({ text, exact: text });
const hash = (text: string): Shown => ({ text: text.slice(0, 12), exact: text });

/** Changes as lines for a terminal, in columns; `notes` say more of a claim's new spec, by its id. */
export function changeLines(changes: readonly FieldChange[], notes: ReadonlyMap<string, string> = new Map()): string[] {
  const width = (of: (change: FieldChange) => string, most: number): number =>
    Math.min(most, Math.max(0, ...changes.map((change) => of(change).length)));
  const [ids, fields] = [width(({ claim }) => claim, 20), width(({ field }) => field, 40)];
  const olds = width(({ was }) => was, 30);
  return changes.map((change) => {
    const { claim, field, was, is } = change;
    const note = field === 'spec' ? notes.get(claim) : undefined;
    const line = `${claim.padEnd(ids)}  ${field.padEnd(fields)}  ${was.padEnd(olds)} -> ${is}`;
    return note === undefined ? line : `${line} (${note})`;
  });
}
