import { cell, dot, text as label } from '@observablehq/plot';
import { predictionText, sidedText, three } from '../../claims/describe.ts';
import type { Judged } from '../../claims/gate.ts';
import { stratumOf } from '../../claims/rehearsal.ts';
import type { Exploration } from '../../records/exploration.ts';
import { colour, type Figure, images, ticksEvery } from '../plot.ts';
import { withNames } from '../short.ts';
import { changesText } from '../words.ts';
import { marginMarks } from './margins.ts';

type Setups = NonNullable<Judged['setups']>;

/** Where a changed setup is drawn: by what its number counts as, and whether it rehearses. */
const ROWS = ['on its side', 'on its side, rehearsed', 'other side', 'other side, rehearsed', 'a premise failed'];

/** A claim's number in every changed setup of its prevalence claim, of which these are all. */
export function setupsFigure(id: string, { of, side, outcomes }: Setups, claims: readonly Judged[]): Figure {
  const asked = withNames(of, claims);
  const rows = outcomes.flatMap((outcome) => {
    const { value, premise, seed, counts: on = false } = outcome;
    if (value === null) return [];
    const symbol = !premise ? 'times' : on ? 'circle' : 'square';
    const rehearsed = stratumOf(outcome) === 'with rehearsal';
    return [
      {
        value,
        seed,
        symbol,
        fill: !premise || rehearsed ? 'none' : colour(on ? 'good' : 'bad'),
        stroke: colour(!premise ? 'open' : on ? 'good' : 'bad'),
        row: !premise ? 'a premise failed' : `${on ? 'on its side' : 'other side'}${rehearsed ? ', rehearsed' : ''}`,
      },
    ];
  });
  const about = {
    id: `setups-${id}`,
    title: `The number of ${asked} in changed setups`,
    description:
      'Each shape is one changed setup with one replicate, in the row of what it counts as. The dashed lines are the margins.',
  };
  const drawings = images(about, (narrow) => ({
    height: 230,
    ...{ marginTop: 24, marginLeft: 148 },
    x: {
      label: narrow ? `number of ${of}` : `number of ${asked}`,
      grid: true,
      inset: 10,
      tickSpacing: ticksEvery(narrow),
    },
    y: { domain: ROWS, label: null, type: 'point' },
    marks: [
      ...marginMarks(side),
      dot(rows, { x: 'value', y: 'row', symbol: 'symbol', fill: 'fill', stroke: 'stroke', fillOpacity: 0.6, r: 4.5 }),
    ],
    symbol: { type: 'identity' },
    color: { type: 'identity' },
  }));
  return {
    ...about,
    ...drawings,
    columns: ['seed', 'setup', 'changes', 'number', 'counts as'],
    rows: outcomes.map(({ seed, changes, value, premise, fault, failed = [], counts }) => [
      String(seed),
      stratumOf({ changes }),
      changesText(changes),
      value === null ? '-' : sidedText(value, side),
      value === null
        ? `no number: ${fault}`
        : !premise
          ? `a premise failed: ${failed.join('; ')}`
          : counts === true
            ? 'on its side'
            : 'other side',
    ]),
  };
}

/** Which factors move which of these claims: rank correlations of explorations, a cell a factor and claim. */
export function factorMap(explorations: readonly Exploration[], claims: readonly Judged[]): Figure {
  const names = explorations.map(({ claim }) => withNames(claim, claims));
  const rows = explorations.flatMap(({ claim, region }, i) =>
    region.influences.map(({ factor, rho, interval, clear }) => ({
      ...{ claim: names[i] as string, factor, rho, clear, low: interval.low, high: interval.high },
      predicted: claims.flatMap((each) => (each.id === claim ? predictionText(each.prediction, each.unit) : [])).join(),
      fill: colour(rho > 0 ? 'good' : 'bad'),
      said: `${rho > 0 ? '+' : '−'}${Math.abs(rho).toFixed(2).slice(1)}${clear ? '*' : ''}`,
    })),
  );
  const strongest = (factor: string): number =>
    Math.max(...rows.filter((row) => row.factor === factor).map(({ rho }) => Math.abs(rho)));
  const factors = [...new Set(rows.map(({ factor }) => factor))].sort((a, b) => strongest(b) - strongest(a));
  const about = {
    id: 'factors',
    title: 'What moves each claim',
    description:
      'Rank correlation of a factor with the number of a claim over changed setups; the stronger, the fuller the cell. A star: clear of 0 at 95 % over all factors together.',
  };
  const letters = 6.6 * Math.max(0, ...names.map(({ length }) => length));
  const drawings = images(about, (narrow) => ({
    height: 40 + 20 * factors.length + letters,
    ...{ marginTop: 30 + letters, marginBottom: 10 },
    ...(narrow ? { marginLeft: 186, marginRight: 4 } : { marginLeft: 210, marginRight: 0.8 * letters }),
    x: { domain: names, label: null, axis: 'top', tickRotate: narrow ? -90 : -45 },
    y: { domain: factors, label: null },
    marks: [
      cell(rows, {
        x: 'claim',
        y: 'factor',
        fill: 'fill',
        fillOpacity: (row: (typeof rows)[number]) => 0.75 * Math.abs(row.rho),
        inset: 0.5,
      }),
      label(rows, { x: 'claim', y: 'factor', text: 'said', fill: 'currentColor', fontSize: narrow ? 10.5 : 12 }),
    ],
    color: { type: 'identity' },
    opacity: { type: 'identity' },
  }));
  return {
    ...about,
    ...drawings,
    columns: ['claim', 'predicted', 'factor', 'rank correlation [95 % interval]', 'clear'],
    rows: rows.map(({ claim, predicted, factor, rho, low, high, clear }) => [
      claim,
      predicted,
      factor,
      `${three(rho)} [${three(low)}, ${three(high)}]`,
      clear ? 'yes' : 'no',
    ]),
  };
}
