import { cell, dot, text as label, ruleX } from '@observablehq/plot';
import { sidedText, three } from '../../claims/describe.ts';
import type { Judged } from '../../claims/gate.ts';
import { stratumOf } from '../../claims/rehearsal.ts';
import type { Exploration } from '../../records/exploration.ts';
import { colour, type Figure, images, ticksEvery } from '../plot.ts';
import { changesText } from '../words.ts';

type Setups = NonNullable<Judged['setups']>;

/** A claim's number in every changed setup of its prevalence claim. */
export function setupsFigure(id: string, { of, side, outcomes }: Setups): Figure {
  const rows = outcomes.flatMap((outcome) => {
    const { value, premise, seed, counts: on = false } = outcome;
    if (value === null) return [];
    const symbol = !premise ? 'times' : on ? 'circle' : 'square';
    return [
      {
        value,
        seed,
        symbol,
        fill: !premise || stratumOf(outcome) === 'with rehearsal' ? 'none' : colour(on ? 'good' : 'bad'),
        stroke: colour(!premise ? 'open' : on ? 'good' : 'bad'),
        row: !premise ? 'a premise failed' : on ? 'on its side' : 'other side',
      },
    ];
  });
  const about = {
    id: `setups-${id}`,
    title: `The number of ${of} in changed setups`,
    description:
      'Each shape is one changed setup with one replicate: circles lie on the side that counts, squares on the other, crosses failed a premise; hollow shapes are setups with rehearsal. The dashed lines are the margins.',
  };
  const drawings = images(about, (narrow) => ({
    height: 200,
    marginLeft: 120,
    x: { label: `number of ${of}`, grid: true, inset: 10, tickSpacing: ticksEvery(narrow) },
    y: { domain: ['on its side', 'other side', 'a premise failed'], label: null, type: 'point' },
    marks: [
      ruleX(side.kind === 'equivalent' ? [-side.margin, side.margin] : [side.margin], { strokeDasharray: '4,3' }),
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

/** Which factors move which claim: rank correlations of explorations, a cell a factor and claim. */
export function factorMap(explorations: readonly Exploration[]): Figure {
  const rows = explorations.flatMap(({ claim, region }) =>
    region.influences.map(({ factor, rho, interval, clear }) => ({
      ...{ claim, factor, rho, clear, low: interval.low, high: interval.high },
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
  const drawings = images(about, (narrow) => ({
    height: 40 + 20 * factors.length,
    ...{ marginTop: 30, marginBottom: 10 },
    ...(narrow ? { marginLeft: 186, marginRight: 4 } : { marginLeft: 210 }),
    x: { domain: explorations.map(({ claim }) => claim), label: null, axis: 'top' },
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
    columns: ['claim', 'factor', 'rank correlation [95 % interval]', 'clear'],
    rows: rows.map(({ claim, factor, rho, low, high, clear }) => [
      claim,
      factor,
      `${three(rho)} [${three(low)}, ${three(high)}]`,
      clear ? 'yes' : 'no',
    ]),
  };
}
