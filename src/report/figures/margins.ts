import { text as label, type Markish, ruleX } from '@observablehq/plot';
import type { Judged } from '../../claims/gate.ts';

type Prediction = Judged['prediction'];

/** The margins that a prediction is judged against. */
export const marginsOf = ({ kind, margin }: Prediction): number[] =>
  kind === 'equivalent' ? [-margin, margin] : [margin];

const SIGNS = { greater: '> ', less: '< ', equivalent: '' } as const;

/** The margins of a prediction as dashed lines across a frame, each with its number over it. */
export const marginMarks = (prediction: Prediction): Markish[] => {
  const margins = marginsOf(prediction);
  return [
    ruleX(margins, { strokeDasharray: '4,3' }),
    label(margins, {
      ...{
        x: (margin: number) => margin,
        text: (margin: number) => `${SIGNS[prediction.kind]}${margin}`.replace('-', '−'),
      },
      ...{ frameAnchor: 'top', lineAnchor: 'bottom', dy: -4, fill: 'currentColor', fontSize: 11 },
    }),
  ];
};

/** What is judged in words, over its own row and at the right of the frame. */
export const saidOver = (row: string, estimate: string): Markish =>
  label([estimate], {
    ...{ y: () => row, text: (said: string) => said, fill: 'currentColor' },
    ...{ frameAnchor: 'right', textAnchor: 'end', dy: -13 },
  });
