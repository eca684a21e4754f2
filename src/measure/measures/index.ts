import type { BaseMeasure, Measure } from '../measure.ts';
import { bystanders } from './bystanders.ts';
import { gaming } from './gaming.ts';
import { gamingQuality } from './gaming-quality.ts';
import { gamingTranscript } from './gaming-transcript.ts';
import { grafts } from './grafts.ts';
import { hidden } from './hidden.ts';
import { influence } from './influence.ts';
import { places } from './places.ts';
import { planQuality } from './plan-quality.ts';
import { planTranscript } from './plan-transcript.ts';
import { plans } from './plans.ts';
import { pushes } from './pushes.ts';
import { quality } from './quality.ts';
import { target } from './target.ts';
import { text } from './text.ts';
import { textSamples } from './text-samples.ts';
import { texts } from './texts.ts';
import { textsQuality } from './texts-quality.ts';
import { transcript } from './transcript.ts';

/** Every measure of what an arm changed, in the order in which tables show them. */
export const measures: readonly Measure[] = [
  ...[target, text, bystanders, places, hidden, transcript, grafts, influence, pushes],
  ...[plans, planTranscript, gaming, gamingTranscript, texts, textSamples],
];

/** Every measure of a base alone. */
export const baseMeasures: readonly BaseMeasure[] = [quality, planQuality, gamingQuality, textsQuality];
