import { stream } from '../core/rng.ts';
import { onnxCpu } from '../engine/engines/onnx-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { BUILT_IN } from '../lab/built-in.ts';
import { kindOf, measuresFor, methodOf } from '../lab/catalog.ts';
import { compare } from '../measure/comparison.ts';
import { curveOf, watcher } from '../measure/curve.ts';
import { readingsOf } from '../measure/reading.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { HERE } from '../project/here.test.helper.ts';
import { type ArmLine, armLine } from '../records/lines.ts';
import type { OfSetup } from '../records/read.ts';
import { writable } from '../records/schema.ts';
import { worldsOf } from '../records/worlds.ts';
import { type Arm, after, armName } from '../train/arm.ts';
import { rl, sdftOn, sft } from '../train/arms.ts';
import { smallDial } from '../world/gaming/small.test.helper.ts';
import type { Setup, WorldKnobs } from '../world/knobs.ts';
import { smallPlans } from '../world/plans/small.test.helper.ts';
import { smallTexts } from '../world/texts/small.test.helper.ts';

// Records of setups of plans, of gaming and of texts, as a run writes them, of networks that learnt nothing.

const SETUPS: Readonly<Record<string, Setup<WorldKnobs>>> = {
  ...{ smallPlans: smallPlans(), smallGaming: smallDial, smallTexts },
};
const SEEDS = [1, 2, 3];
const TAUGHT = rl({ skill: 0 });
const ARMS: readonly Arm[] = [sft({ skill: 0 }), TAUGHT, after(TAUGHT, sdftOn('own'))];

/** What is read of an arm whose network is another draw than its base, and halfway to that at its first look. */
async function runOf(programs: Programs, name: string, seed: number, arm: Arm): Promise<ArmLine> {
  const setup = SETUPS[name] as Setup<WorldKnobs>;
  const kind = kindOf(BUILT_IN, setup);
  const world = kind.draw(setup, seed);
  const drawn = (of: string): Float32Array => initialParameters(layoutOf(architectureOf(world)), stream(seed, of));
  const [base, tuned] = [drawn('base'), drawn(armName(arm))];
  const halfway = base.map((each, i) => (each + (tuned[i] as number)) / 2);
  const look = watcher(programs, [{ world, base, arm, seed, method: methodOf(BUILT_IN, arm) }]);
  const curve = curveOf([
    { step: 2, success: 0.4, seen: await look(0, halfway) },
    { step: 9, success: 0.8, seen: await look(0, tuned) },
  ]);
  const { arms: measures } = measuresFor(BUILT_IN, kind);
  const readings = await readingsOf(measures, compare(programs, world, arm, base, tuned, { curve }));
  const line = {
    ...Object.fromEntries(Object.entries(readings).map(([id, { data }]) => [id, data])),
    ...{ seed, setup: name, arm, measures: measures.map(({ id }) => id), reached: true, steps: 9 },
    trajectory: [0, 2, 9].map((step) => ({ step, success: step / 10, loss: step === 0 ? null : 1 })),
    ...{ containmentRatio: null, devices: ['cpu'] },
  };
  return writable(armLine(), line as object as ArmLine, 'observations.jsonl.gz');
}

/** A setup of plans, then one of gaming, then one of texts. */
export async function setupsOfKinds(): Promise<OfSetup[]> {
  const programs = new Programs(await loadEngine(onnxCpu));
  const runs: ArmLine[] = [];
  for (const name of Object.keys(SETUPS))
    for (const seed of SEEDS)
      for (const arm of ARMS)
        if (SETUPS[name] !== smallTexts || arm.after === undefined) runs.push(await runOf(programs, name, seed, arm));
  const project = { ...HERE, setups: { ...HERE.setups, ...SETUPS } };
  return worldsOf(runs, { catalog: BUILT_IN, project }).map((world) => ({
    ...world,
    runs: runs.filter(({ setup }) => setup === world.name),
  }));
}
