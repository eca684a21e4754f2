import { intervalText, predictionText, sidedText, three } from '../claims/describe.ts';
import { type ImportedEvidence, UNIT_NAMES } from './evidence.ts';
import type { StudyFacts } from './format.ts';

type Said = Pick<
  ImportedEvidence,
  'estimand' | 'unit' | 'prediction' | 'design' | 'facts' | 'arms' | 'available' | 'judgement'
>;

const VERBS = {
  supported: 'is',
  refuted: 'is not',
  inconclusive: 'is not shown to be',
  'premise failed': 'cannot be said to be, as a premise failed,',
} as const;

/** The verdict in a sentence with its numbers, and one about what it may conclude. */
export function sentenceOf({ estimand, unit, prediction, design, facts, arms, available, judgement }: Said): string {
  const { verdict, estimate, interval, equivalenceInterval } = judgement;
  const numbers = `${intervalText({ mean: estimate, ...interval }, prediction)} ${unit}`;
  const narrow =
    equivalenceInterval === null
      ? ''
      : `, 90 % [${sidedText(equivalenceInterval.low, prediction)}, ${sidedText(equivalenceInterval.high, prediction)}]`;
  const [, many] = UNIT_NAMES[facts.replication.unit];
  const sizes = arms.map(({ values }) => values.length);
  const looked =
    design === 'paired' ? `${sizes[0]} paired ${many}` : `${sizes.join(' and ')} ${many}${trials(arms, design)}`;
  const chosen =
    available > sizes.reduce((sum, n) => sum + n, 0)
      ? `, which the claim reads: the study has ${available} in these arms together`
      : '';
  return (
    `${estimand} ${VERBS[verdict]} ${predictionText(prediction, unit)}: ${numbers}${narrow} (${looked}${chosen}). ` +
    concludes(facts.replication, sizes)
  );
}

function trials(arms: Said['arms'], design: Said['design']): string {
  if (design !== 'proportions') return '';
  const told = arms.map(({ counts }) => (counts === null ? '' : `${counts.k} of ${counts.n}`)).join(' and ');
  const fewer = arms.some(({ counts }) => counts !== null && counts.effective < counts.n * (1 - 1e-9));
  const worth = arms.map(({ counts }) => three(counts?.effective ?? 0)).join(' and ');
  return `, ${told} trials${fewer ? `, which are worth ${worth} independent ones` : ''}`;
}

/** About what replicates of a unit can conclude, and about what they cannot. */
export function concludes({ unit, of }: StudyFacts['replication'], sizes: readonly number[]): string {
  const seeds = [...new Set(sizes)].join(' and ');
  const which = of ?? null;
  const named = which === null ? '' : ` (${which})`;
  switch (unit) {
    case 'pretraining':
      return `It concludes about networks that are pretrained in this way: ${seeds} training seeds an arm.`;
    case 'finetune':
      return `It concludes about training runs from this base${named}, ${seeds} training seeds an arm, and not about other bases.`;
    case 'checkpoint':
      return `It concludes about this run${named} alone: checkpoints of one run are no training runs.`;
    case 'persona':
      return `It may only conclude about this checkpoint${named}: personas are its replicates, not training runs, and another training might differ.`;
    case 'item':
      return `It may only conclude about this checkpoint${named}: items are its replicates, not training runs, and another training might differ.`;
  }
}
