import type { JSX } from 'preact';
import { percent } from '../../claims/describe.ts';
import { usualText } from '../../claims/explain.ts';
import type { Judged } from '../../claims/gate.ts';
import { byLevel, byRehearsal, STRATA, type StratumShare, together } from '../../claims/rehearsal.ts';
import { Table } from '../page.tsx';

const shareText = (share: number, { low, high }: NonNullable<StratumShare['interval']>): string =>
  `${percent(share)} [${percent(low)}, ${percent(high)}]`;

const hitsText = ({ hits, n, interval }: StratumShare): string =>
  interval === null ? '-' : `${hits} of ${n}, ${shareText(hits / n, interval)}`;

/** The shares of a prevalence claim, of which that of its stratum is judged: by rehearsal, together, and by factor. */
export function Shares({
  told,
  setups,
}: {
  /** The claim, with a word or two. */
  readonly told: string;
  readonly setups: NonNullable<Judged['setups']>;
}): JSX.Element {
  const both = together(setups);
  return (
    <>
      <Table
        caption={`Shares behind ${told}; only that ${setups.stratum} is judged. Together: ${usualText(setups)}, as often as an exploration changes any factor; its interval is put together from Wilson’s of the strata (square and add)`}
        columns={['setups', 'on its side, share [95 % Wilson interval]']}
        rows={[
          ...byRehearsal(setups).map((each) => [each.name, hitsText(each)]),
          ['together', both === null ? '-' : shareText(both.share, both.interval)],
        ]}
      />
      <Table
        caption={`Shares behind ${told} by the value of each factor; none is judged, and of so many some lie apart by chance`}
        columns={['factor', 'value', ...STRATA.map((name) => `${name}, share [95 % Wilson interval]`)]}
        rows={byLevel(setups).map(({ factor, level, isRegistered, shares }) => [
          factor,
          `${level}${isRegistered ? ' (registered)' : ''}`,
          ...shares.map(hitsText),
        ])}
      />
    </>
  );
}
