import { sidedText } from '../claims/describe.ts';
import type { Judged } from '../claims/gate.ts';

/**
 * What would change a verdict, in words: the means at which a repetition with as many replicates and as much spread between them
 * would come out otherwise, each claim alone. Of a share of setups, and of a failed premise, what it would take.
 */
export function wouldChange({ familyVerdict, prediction, judgement, setups, unit }: Judged): string {
  if (familyVerdict === 'premise failed')
    return 'replicates in which its premises hold: as it stands it says neither yes nor no';
  if (setups !== undefined) return 'more changed setups: its interval is as wide as so few leave it';
  const { interval, equivalenceInterval, sd } = judgement;
  if (sd === 0) return 'any replicate that differs from the others: they are all alike';
  const [half, { kind, margin }] = [(interval.high - interval.low) / 2, prediction];
  if (kind === 'equivalent') {
    const within = equivalenceInterval ?? interval;
    const inside = margin - (within.high - within.low) / 2;
    const [supports, refutes] = [
      inside > 0
        ? `a mean within ±${sidedText(inside, prediction)} supports it`
        : 'no mean supports it, so wide is its interval',
      `one beyond ±${sidedText(margin + half, prediction)} refutes it`,
    ];
    if (familyVerdict === 'supported')
      return `a mean beyond ±${sidedText(inside, prediction)} leaves it open; ${refutes}`;
    return familyVerdict === 'refuted'
      ? `a mean within ±${sidedText(margin + half, prediction)} leaves it open`
      : `${supports}; ${refutes}`;
  }
  const above = kind === 'greater';
  const [yes, no] = above ? [margin + half, margin - half] : [margin - half, margin + half];
  const [better, worse] = above ? ['above', 'below'] : ['below', 'above'];
  if (familyVerdict === 'supported')
    return `a mean ${worse} ${sidedText(yes, prediction)} ${unit} leaves it open; one ${worse} ${sidedText(no, prediction)} refutes it`;
  if (familyVerdict === 'refuted')
    return `a mean ${better} ${sidedText(no, prediction)} ${unit} leaves it open; one ${better} ${sidedText(yes, prediction)} supports it`;
  return `a mean ${better} ${sidedText(yes, prediction)} ${unit} supports it; one ${worse} ${sidedText(no, prediction)} refutes it`;
}
