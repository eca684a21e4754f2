import type { z } from 'zod';
import { InputError } from '../core/errors.ts';
import type { Tensor } from '../core/safetensors.ts';
import type { Arm } from '../train/arm.ts';
import type { World } from '../world/world.ts';
import type { BaseMeasure, Comparison, Measure, Reading, ReadingFault } from './measure.ts';

/** What a comparison reads on each of these measures, by their ids. Throws as `checkedReading` does. */
export async function readingsOf(
  measures: readonly Measure[],
  comparison: Comparison,
): Promise<Readonly<Record<string, Reading<unknown>>>> {
  const readings: Record<string, Reading<unknown>> = {};
  for (const measure of measures) readings[measure.id] = checkedReading(measure, await measure.of(comparison));
  return readings;
}

/**
 * The reading, which is now known to be what the measure says that it gives. Throws `InputError` with the measure and the field
 * where it breaks the measure's schema, NaN among it, or a tensor is not finite or not of its shape.
 */
export function checkedReading<Data>(
  measure: Pick<Measure<Data>, 'id' | 'file' | 'schema'>,
  reading: Reading<Data>,
): Reading<Data> {
  const fault = shapeFault(measure, reading);
  if (fault === undefined) return reading;
  throw new InputError(`the measure '${measure.id}' gives what its schema does not allow: ${fault.field}`, {
    expected: fault.expected,
    got: shown(fault.got),
    todo: `correct the measure, or its schema where such a number is meant (${measure.file})`,
  });
}

/** The first thing in a stored reading that cannot be what this measure read there: its schema's fault, or its own. */
export function readingFault<Data, W extends World = World>(
  measure: Pick<Measure<Data, W>, 'schema' | 'fault'>,
  reading: Reading<Data>,
  world: W,
  arm: Arm,
): ReadingFault | undefined {
  return shapeFault(measure, reading) ?? measure.fault?.(reading, world, arm);
}

/** The same for a stored reading of a base. */
export function baseReadingFault<Data, W extends World = World>(
  measure: Pick<BaseMeasure<Data, W>, 'schema' | 'fault'>,
  reading: Reading<Data>,
  world: W,
): ReadingFault | undefined {
  return shapeFault(measure, reading) ?? measure.fault?.(reading, world);
}

function shapeFault(
  { schema }: { readonly schema: z.ZodType },
  { data, tensors = {} }: Reading<unknown>,
): ReadingFault | undefined {
  const parsed = schema.safeParse(data);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues as [z.core.$ZodIssue];
    return { field: path.join('.') || 'data', expected: message, got: at(data, path) };
  }
  for (const [name, tensor] of Object.entries(tensors)) {
    const size = tensor.shape.reduce((product, extent) => product * extent, 1);
    if (tensor.values.length !== size)
      return { field: name, expected: `${size} numbers of shape [${tensor.shape}]`, got: tensor.values.length };
    const wrong = firstNotFinite(tensor);
    if (wrong >= 0) return { field: `${name}[${wrong}]`, expected: 'a finite number', got: tensor.values[wrong] };
  }
  return undefined;
}

const firstNotFinite = ({ values }: Tensor): number => values.findIndex((value) => !Number.isFinite(value));

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);

const shown = (value: unknown): string =>
  (typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))).slice(0, 200);
