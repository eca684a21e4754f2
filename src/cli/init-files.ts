/** A setup that is trained in seconds and still learns its characters by heart: for trying things, not for science. */
const TINY = {
  world: {
    names: ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve'],
    characters: 5,
    families: 2,
    familyLikeness: 0.6,
    topics: 2,
    operations: 2,
    symbols: 6,
    payload: 2,
    documentsOnlyShare: 0.15,
    templates: 4,
    skillMappings: 1,
    bracketKinds: 2,
    selectionPayloads: 5,
    reportingPayloads: 5,
    payloadsPerBystander: 4,
  },
  model: { context: 9, width: 64, layers: 2, heads: 8, feedForward: 2 },
  pretraining: {
    steps: 1500,
    batch: 32,
    documentShare: 0.2,
    varietyShare: 0.05,
    learningRate: 0.004,
    beta1: 0.9,
    beta2: 0.98,
    weightDecay: 1,
    clip: 1,
    warmupShare: 0.05,
  },
  tuning: {
    learningRate: 0.001,
    beta1: 0.9,
    beta2: 0.98,
    clip: 1,
    batch: 32,
    rollouts: 32,
    entropyBonus: 0.01,
    klWeight: 0,
    temperature: 2,
    rehearsalSequences: 16,
    level: 0.85,
    steps: 200,
    rlSteps: 400,
    checkpointEvery: 2,
  },
};

const HYPOTHESIS = `import { claim, drift, greaterThan, sft } from 'spillover';

/**
 * H1  Teaching one character a new skill moves the others more than teaching it an old one.
 * Prediction  drift(SFT, s = 1) - drift(SFT, s = 0) > 0.1 (total variation), at matched target effect
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H1',
    statement: 'A new skill moves the others more than an old one',
    setup: 'tiny',
    family: 'exploratory',
    estimand: 'drift(SFT, s = 1) - drift(SFT, s = 0) in dialogues of bystanders on the target topic',
    unit: 'TV',
    prediction: greaterThan(0.1),
    arms: { novel: sft({ skill: 1 }), known: sft({ skill: 0 }) },
  },
  ({ novel, known }) => drift(novel) - drift(known),
);
`;

const WORKFLOW = `name: claims
on: [push, pull_request]
jobs:
  claims:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm ci
      - run: npm test
      - run: npm run report
        if: always()
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: report
          path: reports/latest
`;

const README = `# Claims

Each file of \`hypotheses/\` makes one claim that is trained, measured and judged when it is run. The first verdict is registered,
whichever way it falls; from then on a run is red that does not come out as registered.

| command | does |
|---|---|
| \`npm run register -- --all\` | measures every claim, shows its verdict, asks, and writes it to \`reports/claims.lock.json\`: commit that file |
| \`npm run power\` | how many replicates each claim needs, from development seeds, to \`reports/power.json\` |
| \`npm test\` | every claim again, from the store where it was trained before |
| \`npm run reproduce\` | the same at the profile standard, and the report in \`reports/latest/index.html\` |
| \`npm run judge -- studies/x\` | the claims about records of others in a folder, and their report |
| \`npm run doctor\` | which engines compute on this machine |

- \`spillover.config.ts\`: setups, seeds, profiles, and methods, measures, worlds or engines of your own.
- \`fixtures/setups/tiny.json\`: a setup for trying things; copy it, make it larger, and name it in the configuration.
- To add a claim, copy \`hypotheses/h01-new-skill.test.ts\`, change its id, statement, arms, estimate and prediction, and register.
`;

const CONFIG = `import { defineConfig } from 'spillover/config';

export default defineConfig({
  setups: { tiny: 'fixtures/setups/tiny.json' },
});
`;

const VITEST = `import { spillover } from 'spillover/vitest';
import { defineConfig } from 'vitest/config';

export default defineConfig({ plugins: [spillover()] });
`;

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Commands that get a script of their name. */
const SCRIPTS = [
  'reproduce',
  'test',
  'doctor',
  'setup:gpu',
  'register',
  'explore',
  'power',
  'report',
  'plan',
  'work',
  'merge',
  'slurm',
  'import',
  'judge',
  'claims',
  'diff',
  'verify',
];

/** Every file of a new project, by its path: its name is that of its folder, and the versions are what it depends on. */
export function filesOfProject(of: {
  readonly name: string;
  readonly version: string;
  readonly vitest: string;
  readonly zod: string;
}): Readonly<Record<string, string>> {
  const name =
    of.name
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[._-]+/, '') || 'claims';
  return {
    'package.json': json({
      name,
      private: true,
      type: 'module',
      scripts: Object.fromEntries(SCRIPTS.map((each) => [each, `spillover ${each}`])),
      devDependencies: { spillover: of.version, vitest: of.vitest, zod: of.zod },
    }),
    'spillover.config.ts': CONFIG,
    'vitest.config.ts': VITEST,
    'tsconfig.json': json({
      compilerOptions: {
        ...{ target: 'ES2023', module: 'NodeNext', strict: true, noEmit: true, skipLibCheck: true },
        ...{ allowImportingTsExtensions: true, verbatimModuleSyntax: true },
      },
      include: ['**/*.ts'],
      exclude: ['node_modules'],
    }),
    'hypotheses/h01-new-skill.test.ts': HYPOTHESIS,
    'fixtures/setups/tiny.json': json(TINY),
    'fixtures/seeds.json': json(Array.from({ length: 12 }, (_, i) => 101 + i)),
    'fixtures/profiles.json': json({
      quick: { replicates: 4, setups: 4, mostCost: 1 },
      standard: { replicates: 8, setups: 20, mostCost: 3 },
      full: { replicates: 12, setups: 60, mostCost: 3 },
    }),
    'reports/claims.lock.json': json({ format: 3, claims: {} }),
    '.gitignore':
      'node_modules/\n.spillover/\nreports/*\n!reports/claims.lock.json\n!reports/imported.lock.json\n!reports/power.json\n',
    '.github/workflows/claims.yml': WORKFLOW,
    'README.md': README,
  };
}
