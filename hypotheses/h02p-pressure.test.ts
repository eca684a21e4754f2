import { AT, alongCurve, claim, greaterThan, NothingToMeasureError, type Observation, rl } from '../src/index.ts';

/** Spread on other topics where the run first comes to success 0.5, 0.7 and 0.9, at its end where it does not, and at its end. */
function whilePressed({ places: { curve } }: Observation): number[] {
  if (curve === null) throw new NothingToMeasureError('a run that was not watched along its course');
  const spreads = alongCurve(curve, AT.otherTopics, 'spread');
  const end = spreads.at(-1) as number;
  const at = (level: number): number => spreads[curve.looks.findIndex(({ success }) => success >= level)] ?? end;
  return [at(0.5), at(0.7), at(0.9), end];
}

/**
 * H2p  Pressure: along one run of RL the spread to bystanders on other topics grows from success 0.5 to 0.7, to 0.9
 *     and to 200 steps past its level.
 * Prediction  the smallest of three increments of spread(RL, s = 1) on other topics > 0
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H2p',
    statement: 'The harder RL pushes a new skill, the more of it do the others take up',
    from: 'standard',
    family: 'confirmatory',
    estimand:
      'smallest increment of spread along RL at s = 1 from success 0.5 to 0.7, to its level and to 200 steps past it, in dialogues of bystanders on other topics',
    unit: 'share of probability',
    prediction: greaterThan(0),
    interest: 0.03,
    mind: [
      'It is read along the course of one run, so that it says nothing of runs that are stopped there by another rule.',
    ],
    targets: 2,
    arms: { pressed: rl({ skill: 1, past: 200 }) },
  },
  ({ pressed }) => {
    const spreads = whilePressed(pressed);
    return Math.min(...spreads.slice(1).map((spread, i) => spread - (spreads[i] as number)));
  },
);
