import type { ArmNumbers, Evidence, SetupOutcome } from '../claims/evidence.ts';
import { isUsable, stratumOf } from '../claims/rehearsal.ts';
import { isOn } from '../claims/side.ts';
import type { Column } from './parquet.ts';

/** What a changed setup says of a prevalence claim. */
export interface SetupRow {
  readonly claim: Pick<Evidence, 'id' | 'prediction'>;
  readonly setups: NonNullable<Evidence['setups']>;
  readonly outcome: SetupOutcome;
}

/** The rows of setups.parquet: every changed setup, of both strata, of every prevalence claim; none without such claims. */
export const setupRows = (claims: readonly (SetupRow['claim'] & Pick<Evidence, 'setups'>)[]): SetupRow[] =>
  claims.flatMap(({ setups, ...claim }) =>
    setups === undefined ? [] : setups.outcomes.map((outcome) => ({ claim, setups, outcome })),
  );

const ARM_NUMBERS: Readonly<Record<keyof ArmNumbers, string>> = {
  drift: "drift of bystanders on the target's topic, TV in [0, 1]",
  spread: "spread to bystanders on the target's topic, in [-1, 1]",
  targetEffect: 'target effect on reporting prompts, in [-1, 1]',
};

/** The schema of setups.parquet: what was drawn, what became of it, every factor's value, and what every arm changed. */
export function setupColumns(rows: readonly SetupRow[]): Column<SetupRow>[] {
  const factors = [...new Set(rows.flatMap(({ setups }) => Object.keys(setups.factors)))];
  const arms = [...new Set(rows.flatMap(({ outcome }) => Object.keys(outcome.arms ?? {})))];
  return [
    { name: 'claim', about: 'the prevalence claim', type: 'STRING', of: ({ claim }) => claim.id },
    { name: 'of', about: 'the claim that it is about', type: 'STRING', of: ({ setups }) => setups.of },
    {
      ...{ name: 'at_least', type: 'DOUBLE' },
      about: 'the share that the claim predicts more than',
      of: ({ claim }) => claim.prediction.margin,
    },
    // A seed is any whole number that JSON holds exactly: 32 bits are too few.
    { name: 'seed', about: 'of the one replicate', type: 'INT64', of: ({ outcome }) => BigInt(outcome.seed) },
    {
      ...{ name: 'stratum', type: 'STRING' },
      about: 'without rehearsal or with rehearsal',
      of: ({ outcome }) => stratumOf(outcome),
    },
    {
      ...{ name: 'judged', type: 'BOOLEAN' },
      about: 'whether the claim is about this stratum',
      of: ({ setups, outcome }) => stratumOf(outcome) === setups.stratum,
    },
    {
      ...{ name: 'weight', type: 'DOUBLE' },
      about: 'what the stratum weighs in the share of both together',
      of: ({ setups, outcome }) => (stratumOf(outcome) === 'with rehearsal' ? setups.usual : 1 - setups.usual),
    },
    {
      ...{ name: 'outcome', type: 'STRING' },
      about: 'usable, premise failed or no number; the share is of the usable ones',
      of: ({ outcome }) => (isUsable(outcome) ? 'usable' : outcome.value === null ? 'no number' : 'premise failed'),
    },
    {
      ...{ name: 'reason', type: 'STRING' },
      about: 'the premises that failed, or why there is no number, for example as a network diverged',
      of: ({ outcome: { fault, failed } }) => fault ?? failed?.join('; ') ?? null,
    },
    {
      ...{ name: 'estimate', type: 'DOUBLE' },
      about: 'the number of the claim `of`, in its unit',
      of: ({ outcome }) => outcome.value,
    },
    {
      ...{ name: 'on_side', type: 'BOOLEAN' },
      about: 'whether the estimate lies on the side that counts, whatever became of the premises',
      of: ({ setups, outcome: { value } }) => (value === null ? null : isOn(setups.side, value)),
    },
    ...factors.map(
      (name): Column<SetupRow> => ({
        ...{ name, about: 'factor: its value, the registered one where it is not changed', type: 'DOUBLE' },
        of: ({ setups, outcome }) => outcome.changes[name] ?? setups.factors[name] ?? null,
      }),
    ),
    ...arms.flatMap((arm) =>
      (Object.keys(ARM_NUMBERS) as (keyof ArmNumbers)[]).map(
        (number): Column<SetupRow> => ({
          ...{
            name: `${number}.${arm}`,
            about: `arm ${arm} of the claim \`of\`: ${ARM_NUMBERS[number]}`,
            type: 'DOUBLE',
          },
          of: ({ outcome }) => outcome.arms?.[arm]?.[number] ?? null,
        }),
      ),
    ),
  ];
}
