import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { InputError } from '../../core/errors.ts';
import type { StudyFacts } from '../format.ts';

/** The error of a file that is no log of a tool. */
export const noLog = (
  path: string,
  expected: string,
  got: string,
  todo = 'name another file in the mapping',
): InputError => new InputError(`${path} is no log of this kind`, { expected, got, todo });

/** JSON as Python's `json.dumps` writes it, in which NaN and Infinity stand bare: they become null. */
export function pythonJson(text: string): unknown {
  return JSON.parse(
    text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) => (token.startsWith('"') ? token : 'null')),
  );
}

/** A value of a log, as a schema has it. Throws `InputError`, with the file, where text is no JSON or other than that. */
export function parsedLog<Of>(path: string, text: string, schema: z.ZodType<Of>, expected: string): Of {
  let value: unknown;
  try {
    value = pythonJson(text);
  } catch (error) {
    throw noLog(path, expected, (error as Error).message);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw noLog(path, expected, `${first?.path.join('.') || 'the whole'}: ${first?.message}`);
}

/** The text of a file. Throws `InputError` where there is none. */
export function textIn(path: string, expected: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw noLog(path, expected, (error as Error).message, 'correct the path: it goes from the folder of the mapping');
  }
}

/** Whether a metric is asked for. */
export const wants = ({ metrics }: { readonly metrics?: readonly string[] | undefined }, name: string): boolean =>
  metrics?.includes(name) ?? true;

/** What is known of a metric that a log only names. */
export const asLogged = (name: string, tool: string): { about: string; unit: string; range: null } => ({
  ...{ about: `${name}, as ${tool} logs it`, unit: 'as logged', range: null },
});

/** What is known of a metric by its answers to items: a share where each is a hit or a miss, or lies between. */
export function metricFacts(
  name: string,
  tool: string,
  items: readonly { readonly metric?: string | undefined; readonly value: number | null }[],
): StudyFacts['metrics'][string] {
  const values = items.flatMap(({ metric, value }) => (metric === name && value !== null ? [value] : []));
  const isShare = values.length > 0 && values.every((value) => value >= 0 && value <= 1);
  return isShare ? { about: `${name} of ${tool}`, unit: 'share', range: [0, 1] } : asLogged(name, tool);
}

/** A value of a table or a log as a number; null where it is none. */
export function numberOrNull(value: unknown): number | null {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
