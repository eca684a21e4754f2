import type { JSX } from 'preact';
import { intervalText, predictionText } from '../../claims/describe.ts';
import type { Judged } from '../../claims/gate.ts';
import type { Records } from '../../records/read.ts';
import { claimFile, VerdictMark } from '../page.tsx';
import { withNames } from '../short.ts';
import { estimateSides, sidesText } from '../sides.ts';

/** The columns of what every table of claims says. */
export const CLAIM_COLUMNS = ['claim', 'predicted', 'verdict', 'estimate [95 % interval]'] as const;

/** A claim in a table: its page, the margin, the verdict, and the estimate with both arms where it compares two. */
export function claimCells(each: Judged, records: Records): (string | JSX.Element)[] {
  const { id, statement, unit, judgement, prediction, familyVerdict, firm } = each;
  const sides = estimateSides(each, records);
  return [
    <a href={claimFile(id)} key={id}>
      {id} {withNames(statement, records.claims)}
    </a>,
    predictionText(prediction, '').trim(),
    <VerdictMark verdict={familyVerdict} firm={firm} key="verdict" />,
    `${intervalText({ mean: judgement.mean, ...judgement.interval }, prediction)} ${unit}${sides === undefined ? '' : `: ${sidesText(sides)}`}`,
  ];
}
