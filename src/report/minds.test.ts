import { describe, expect, test } from 'vitest';
import { numbersOf, verdictFrom } from '../claims/family.ts';
import type { Judged } from '../claims/gate.ts';
import { readClaims } from '../records/read.ts';
import { wouldChange } from './minds.ts';

/** Claims of a real run: those of the published report. */
const { claims } = readClaims('reports/published');

describe('what would change a verdict', () => {
  const judged = claims.filter(
    ({ setups, familyVerdict, judgement }) => setups === undefined && familyVerdict === judgement.verdict,
  );
  const decided = judged.filter(({ familyVerdict }) => familyVerdict !== 'premise failed');

  test('is said by means on whose two sides the verdict is another', () => {
    const seen = new Set<string>();
    for (const each of decided) {
      const { prediction, familyVerdict, judgement } = each;
      const text = wouldChange(each);
      const printed = [...text.matchAll(/(?:above|below|within ±|beyond ±) ?(-?[\d.e-]+)/g)].map(
        ([, mean]) => mean ?? '',
      );
      expect(printed.length, each.id).toBeGreaterThan(0);
      const at = (mean: number) => verdictFrom({ ...numbersOf(each, judgement), mean }).verdict;
      for (const mean of printed) {
        // A printed number is that of the last digit at best.
        const digit = 10 ** -(mean.split('.')[1]?.length ?? 0);
        const aside = Math.max(0.6 * digit, 0.02 * (judgement.interval.high - judgement.interval.low));
        expect(at(Number(mean) - aside), `${each.id}: ${text}`).not.toBe(at(Number(mean) + aside));
      }
      seen.add(`${prediction.kind} ${familyVerdict}`);
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['greater supported', 'greater inconclusive', 'less supported', 'equivalent supported']),
    );
  });

  test('of a failed premise or a share of setups is no mean', () => {
    const other = (of: Partial<Judged>): string => wouldChange({ ...(decided[0] as Judged), ...of });
    expect(other({ familyVerdict: 'premise failed' })).toMatch(/^replicates in which its premises hold/);
    const { setups } = claims.find((each) => each.setups !== undefined) as Judged;
    expect(other({ setups: setups as NonNullable<typeof setups> })).toMatch(/^more changed setups/);
  });
});
