import type { Json } from '../core/canonical.ts';
import type { BaseMeasure, Comparison, Measure } from '../measure/measure.ts';
import { checkedReading } from '../measure/reading.ts';
import type { RecordContent } from '../store/store.ts';

/** The root of the code that makes a reading, beside its measure. */
export const MAKE_READING: string = import.meta.url;

/** What a reading is of: the replicate, and of an arm what it did until it stopped. */
export interface ReadingOf {
  readonly seed: number;
  readonly devices: readonly string[];
  readonly [key: string]: unknown;
}

/** Reads one measure of a comparison; as the record that it is kept as. */
export async function makeReading(measure: Measure, comparison: Comparison, of: ReadingOf): Promise<RecordContent> {
  const { data, tensors = {} } = checkedReading(measure, await measure.of(comparison));
  return { data: { ...of, measure: measure.id, reading: data } as Json, tensors };
}

/** Reads one measure of a base alone. */
export async function makeBaseReading(
  measure: BaseMeasure,
  subject: Parameters<BaseMeasure['of']>[0],
  of: ReadingOf,
): Promise<RecordContent> {
  const { data, tensors = {} } = checkedReading(measure, await measure.of(subject));
  return { data: { ...of, measure: measure.id, reading: data } as Json, tensors };
}
