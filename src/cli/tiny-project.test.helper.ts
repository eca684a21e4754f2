import { type ScratchProject, scratchProject } from './scratch-project.test.helper.ts';

/** A claim on the only setup of a tiny project: 18 runs at six replicates. */
export const TINY_CLAIM = `
import { claim, drift, greaterThan, nullArm, sft } from '../src/index.ts';

export default claim(
  import.meta.url,
  {
    id: 'S1', statement: 'a claim', family: 'exploratory', estimand: 'drift in dialogues', unit: 'TV',
    prediction: greaterThan(0.1), arms: { skill: sft({ skill: 1 }), floor: nullArm() }, mayFallShort: ['skill'],
  },
  ({ skill, floor }) => drift(skill) - drift(floor),
);
`;
const SIZES = { replicates: 6, setups: 4, mostCost: 1 };
const CONFIG = `import { defineConfig } from './src/config.ts';
export default defineConfig({ setups: { recipe: 'fixtures/setups/small.json' } });
`;

/** A copy of the project whose only setup trains in seconds, with as many replicates at every profile. */
export function tinyProject(hypotheses: Readonly<Record<string, string>>): ScratchProject {
  const project = scratchProject(hypotheses);
  project.put('spillover.config.ts', CONFIG);
  project.put('fixtures/profiles.json', JSON.stringify({ quick: SIZES, standard: SIZES, full: SIZES }));
  return project;
}
