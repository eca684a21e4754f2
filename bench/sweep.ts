/**
 * What learning rates, rewards, carriers and rehearsal do to the recipe, on development seeds: `npx tsx bench/sweep.ts` trains these
 * arms for two targets of four seeds (about ten minutes on two cores, kept in the store) and prints the tables of `docs/recipe.md`.
 */
import { mean } from 'simple-statistics';
import { BUILT_IN } from '../src/lab/built-in.ts';
import type { Observation } from '../src/lab/keys.ts';
import { loadSetup } from '../src/lab/setup.ts';
import { observeStudy } from '../src/lab/study.ts';
import { spreadAt, targetEffect } from '../src/measure/observation.ts';
import { type Arm, armName, atTarget } from '../src/train/arm.ts';
import { rl, sdft, sft } from '../src/train/arms.ts';
import { AT } from '../src/world/characters/places.ts';

const SEEDS = [9001, 9002, 9003, 9004];
const TARGETS = [0, 1];
const RATES = [0.0001, 0.0002, 0.0005, 0.001];
const USUAL = 0.0002;

const rated = (of: (options: { learningRate?: number }) => Arm): Arm[] =>
  RATES.map((learningRate) => of(learningRate === USUAL ? {} : { learningRate }));

const TABLES: Readonly<Record<string, readonly Arm[]>> = {
  'Learning rates': [
    ...rated(sdft),
    ...rated((options) => sft({ skill: 1, ...options })),
    ...rated((options) => rl({ skill: 1, ...options })),
  ],
  'A reward for whole answers': [0, 1].map((skill) => rl({ skill, reward: 'answer', entropyBonus: 0 })),
  'Changes of rank 4, and of the name alone': [
    ...[sdft({ rank: 4 }), sft({ skill: 1, rank: 4 }), rl({ skill: 1, rank: 4 })],
    sdft({ only: 'name' }),
    ...[0, 0.5, 1].map((skill) => sft({ skill, only: 'name' })),
    rl({ skill: 0, only: 'name' }),
  ],
  Rehearsal: [0, 0.05, 0.25, 1, 4].flatMap((rehearsal) => [
    sdft({ rehearsal }),
    sft({ skill: 1, rehearsal }),
    rl({ skill: 1, rehearsal }),
  ]),
};

const store = process.env['SPILLOVER_STORE'] ?? '.spillover';
const setup = loadSetup('fixtures/setups/characters.json', BUILT_IN.worlds);
const arms = Object.values(TABLES).flatMap((all) =>
  TARGETS.flatMap((target) => all.map((arm) => atTarget(arm, target))),
);
const study = { catalog: BUILT_IN, setup, engine: 'onnx:cpu', seeds: SEEDS, arms };
const replicates = await observeStudy(study, store, process.stderr);

const runsOf = (arm: Arm): Observation[] =>
  replicates.flatMap((replicate) =>
    TARGETS.map((target) => replicate.arms.get(armName(atTarget(arm, target))) as Observation),
  );

function rowOf(arm: Arm): string {
  const runs = runsOf(arm);
  const steps = runs.map((run) => run.steps);
  const cells = [
    armName(arm),
    `${runs.filter(({ reached }) => reached).length} of ${runs.length}`,
    `${mean(steps).toFixed(0)} (${Math.min(...steps)} to ${Math.max(...steps)})`,
    ...[
      targetEffect,
      (run: Observation) => spreadAt(run, AT.sameTopic),
      (run: Observation) => spreadAt(run, AT.otherTopics),
    ].map((of) => mean(runs.map(of)).toFixed(2)),
  ];
  return `| ${cells.join(' | ')} |`;
}

for (const [title, all] of Object.entries(TABLES)) {
  process.stdout.write(
    [
      `## ${title}\n`,
      '| arm | reached its level | steps | target effect | spread, same topic | spread, other topics |',
      '|---|---|---|---|---|---|',
      ...all.map(rowOf),
      '\n',
    ].join('\n'),
  );
}
