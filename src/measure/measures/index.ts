import type { BaseMeasure, Measure } from '../measure.ts';

/** Every measure of what an arm changed, and every one of a base alone. */
export const measures: readonly Measure[] = [];
export const baseMeasures: readonly BaseMeasure[] = [];
