import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { arch, availableParallelism, cpus, release, type } from 'node:os';
import { join } from 'node:path';
import { PROJECT, readConfiguration } from '../claims/configuration.ts';
import type { Judged } from '../claims/gate.ts';
import { digestOf } from '../claims/judging.ts';
import { registryText } from '../claims/registry-file.ts';
import { canonical } from '../core/canonical.ts';
import { InputError, InvariantError } from '../core/errors.ts';
import { writeWhole } from '../core/whole-file.ts';
import { readBaseObservation, readObservation } from '../lab/keys.ts';
import { openStore } from '../lab/store.ts';
import { armName } from '../train/arm.ts';
import { characterLines } from './characters.ts';
import { type Run, summaryMarkdown } from './summary.ts';

export const LATEST: string = join(PROJECT, 'reports', 'latest');

/** Version of what a run writes. */
export const FORMAT = 1;

/** Where and when a run was judged. */
export interface RunFacts {
  /** ISO 8601, UTC. */
  readonly when: string;
  /** The commit, with `, changed` where files differ from it; empty where that is not known. */
  readonly commit: string;
  readonly node: string;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
}

/** What `reports/latest/claims.json` holds. */
export interface ClaimsFile {
  readonly format: typeof FORMAT;
  readonly run: RunFacts;
  readonly digest: string;
  readonly partial: boolean;
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  readonly claims: readonly Judged[];
}

/**
 * Writes claims.json, observations.jsonl, characters.jsonl, summary.md and the registry of a run to `reports/latest`, each in
 * one piece.
 */
export function writeLatest(run: Run): void {
  mkdirSync(LATEST, { recursive: true });
  const { judged, partial, problems, notes } = run;
  const file: ClaimsFile = {
    format: FORMAT,
    run: runFacts(),
    digest: digestOf(judged),
    partial,
    problems,
    notes,
    claims: judged,
  };
  replace('claims.json', `${JSON.stringify(file, null, 2)}\n`);
  const { observations, characters } = observationLines(judged);
  replace('observations.jsonl', observations);
  replace('characters.jsonl', characters);
  replace('claims.lock.json', registryText(run.registry));
  replace('summary.md', summaryMarkdown(run));
}

/** Removes the report of an earlier run, so that it cannot be taken for the next one's; explorations stay. */
export function clearLatest(): void {
  const names = existsSync(LATEST) ? readdirSync(LATEST) : [];
  for (const name of names) if (!name.startsWith('explore-')) rmSync(join(LATEST, name), { recursive: true });
}

/** The claims of the latest run. Throws `InputError` where there was none. */
export function readLatest(): ClaimsFile {
  const path = join(LATEST, 'claims.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ClaimsFile;
  } catch (error) {
    throw new InputError('there is no run to read', {
      expected: 'reports/latest/claims.json of a run that came to its end',
      got: error instanceof Error ? error.message : String(error),
      todo: 'look at what this run printed above, mend it, and run it again',
    });
  }
}

/**
 * One line an observation of every base and arm of the registered setup that the claims rest on, as canonical JSON; and of the
 * first replicate its bystanders, see `characterLines`.
 */
function observationLines(judged: readonly Judged[]): { observations: string; characters: string } {
  const configuration = readConfiguration(process.env);
  const { setup, engine, folder } = configuration;
  const store = openStore(folder);
  const ofSetup = judged.filter(({ setups }) => setups === undefined);
  const arms = new Map(ofSetup.flatMap(({ arms: each }) => Object.values(each).map((arm) => [armName(arm), arm])));
  const seeds = [...new Set(ofSetup.flatMap((each) => each.seeds))];
  const rows = seeds.flatMap((seed) => {
    const lineage = { setup, seed, engine };
    return [
      readBaseObservation(store, lineage),
      ...[...arms.values()].map((arm) => readObservation(store, lineage, arm)),
    ];
  });
  if (rows.includes(undefined)) throw new InvariantError(`the store ${folder} lost an observation during the run`);
  const [first] = seeds;
  return {
    observations: rows.map((row) => `${canonical(row)}\n`).join(''),
    characters: first === undefined ? '' : characterLines(configuration, store, first, [...arms.values()]),
  };
}

function runFacts(): RunFacts {
  const git = (...args: string[]): string => {
    const { status, stdout } = spawnSync('git', args, { cwd: PROJECT, encoding: 'utf8' });
    return status === 0 ? stdout.trim() : '';
  };
  const commit = git('rev-parse', 'HEAD');
  return {
    when: new Date().toISOString(),
    commit: commit !== '' && git('status', '--porcelain') !== '' ? `${commit}, changed` : commit,
    node: process.version,
    system: `${type()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
  };
}

const replace = (name: string, text: string): void => writeWhole(join(LATEST, name), text);
