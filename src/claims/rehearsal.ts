import type { Interval } from '../stats/paired.ts';
import { wilson } from '../stats/proportion.ts';
import type { Evidence } from './evidence.ts';

/** The weight of rehearsal in every arm of a claim, as a changed setup names it; it belongs to the arms, not to the setup. */
export const REHEARSAL = 'arms.rehearsal';

/** Of the changed setups of one kind whose premises held: in how many a claim lies on its side. */
export interface Stratum {
  readonly name: 'without rehearsal' | 'with rehearsal';
  readonly hits: number;
  readonly n: number;
  /** Wilson's 95 % interval of the share; null where there is no such setup. */
  readonly interval: Interval | null;
}

/**
 * The share of a prevalence claim where arms do not rehearse, and where they do: over all setups together it is mostly how
 * often rehearsal was drawn. Neither is judged.
 */
export function byRehearsal({ outcomes, rehearsal }: NonNullable<Evidence['setups']>): Stratum[] {
  const usable = outcomes.filter(({ premise, value }) => premise && value !== null);
  return (['without rehearsal', 'with rehearsal'] as const).map((name) => {
    const own = usable.filter(({ changes }) => (changes[REHEARSAL] ?? rehearsal) > 0 === (name === 'with rehearsal'));
    const [hits, n] = [own.filter(({ counts }) => counts === true).length, own.length];
    return { name, hits, n, interval: n === 0 ? null : wilson(hits, n) };
  });
}
