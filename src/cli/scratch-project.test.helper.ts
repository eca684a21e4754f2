import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { registryText } from '../claims/registry-file.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of the project in a folder of its own, with hypotheses that train nothing and a registry of its own. */
export interface ScratchProject {
  readonly folder: string;
  /** Runs a program of node_modules there, by its script, and gives what it wrote and how it ended. */
  readonly run: (
    script: string,
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ) => Promise<Ended>;
  /** Starts one and gives it while it runs. */
  readonly start: (script: string, args: readonly string[], environment?: Readonly<Record<string, string>>) => Running;
  /** Puts a file there. */
  readonly put: (path: string, text: string) => void;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export const VITEST = 'vitest/vitest.mjs';
export const TSX = 'tsx/dist/cli.mjs';

/** A claim about setups whose outcomes are given: `share` of them lie on its side. */
export const hypothesis = (id: string, share: number, from = 'quick'): string => `
import { declare } from '../src/claims/claim.ts';
import { loadedFrom } from '../src/claims/loaded.ts';
import { greaterThan } from '../src/claims/verdict.ts';
import { pointsOf } from '../src/explore/points.ts';
import { judged } from '../src/explore/prevalence.ts';

const file = loadedFrom(import.meta.url);
const spec = { id: '${id}', statement: 'a claim', family: 'prevalence', estimand: 'e', unit: 'share', prediction: greaterThan(0.5), from: '${from}' };
const of = { ...file, spec: { id: 'X', arms: {} } };
const outcomes = (points) =>
  points.map((point, i) => ({ ...point, value: i < ${share} * points.length ? 1 : -1, premise: true, devices: ['none'] }));
const declared = {
  ...{ ...file, spec, of, stratum: 'without rehearsal', side: greaterThan(0) },
  gather: async (configuration) => judged(declared, configuration, outcomes(pointsOf(configuration))),
};
export default declare(declared);
`;

/** Makes one; whoever asks for it removes its folder. */
export function scratchProject(hypotheses: Readonly<Record<string, string>>): ScratchProject {
  const folder = mkdtempSync(join(tmpdir(), 'project-test-'));
  for (const name of ['src', 'fixtures', 'vitest.config.ts', 'spillover.config.ts', 'package.json', 'tsconfig.json']) {
    const filter = (path: string): boolean => !/\.test\.[a-z.]+$/.test(path);
    cpSync(join(PROJECT, name), join(folder, name), { recursive: true, filter });
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const put = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [name, text] of Object.entries(hypotheses)) put(`hypotheses/${name}`, text);
  put('reports/claims.lock.json', registryText({}));
  const start: ScratchProject['start'] = (script, args, environment = {}) => {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|SPILLOVER_|NODE_OPTIONS|TEST$)/.test(name),
    );
    const env = { ...Object.fromEntries(inherited), ...environment };
    const child = spawn(process.execPath, [join(folder, 'node_modules', script), ...args], { cwd: folder, env });
    const written = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        written[name] += text;
      });
    const ended = new Promise<Ended>((resolve) => {
      child.on('close', (code) => resolve({ code, ...written }));
    });
    return { child, ended };
  };
  return { folder, put, start, run: (...asked) => start(...asked).ended };
}
