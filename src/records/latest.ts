import { spawnSync } from 'node:child_process';
import { arch, availableParallelism, cpus, release, type } from 'node:os';
import { join } from 'node:path';
import type { Judged } from '../claims/gate.ts';
import { digestOf } from '../claims/judging.ts';
import { registryText } from '../claims/registry-file.ts';
import { canonical } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import { writeSynced } from '../core/whole-file.ts';
import { readBaseObservation, readObservation } from '../lab/observed.ts';
import type { Configuration } from '../project/configuration.ts';
import type { ProjectFiles } from '../project/project.ts';
import { openStore } from '../store/store.ts';
import { armName } from '../train/arm.ts';
import { characterLines } from './characters.ts';
import { type Run, summaryMarkdown } from './summary.ts';

/** The folder of the last run of all claims, and of the last one of some. */
export const latestOf = ({ reports }: Pick<ProjectFiles, 'reports'>): string => join(reports, 'latest');
export const partialOf = ({ reports }: Pick<ProjectFiles, 'reports'>): string => join(reports, 'partial');

/** Version of what a run writes. */
export const FORMAT = 2;

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

/** A run with what it was set up by. */
export interface ConfiguredRun extends Run {
  readonly configuration: Configuration;
}

/** Writes claims.json, observations.jsonl, characters.jsonl, summary.md and the registry of a run into a folder. */
export function writeRecords(folder: string, run: ConfiguredRun): void {
  const { judged, partial, problems, notes } = run;
  const digest = digestOf(judged);
  const file: ClaimsFile = {
    format: FORMAT,
    run: runFacts(run.configuration.project),
    digest,
    partial,
    problems,
    notes,
    claims: judged,
  };
  const { observations, characters } = observationLines(run);
  const put = (name: string, text: string): void => writeSynced(join(folder, name), text);
  put('claims.json', `${JSON.stringify(file, null, 2)}\n`);
  put('observations.jsonl', observations);
  put('characters.jsonl', characters);
  put('claims.lock.json', registryText(run.registry));
  put('summary.md', summaryMarkdown(run));
}

/**
 * One line an observation of every base and arm of the registered setup that the claims rest on, as canonical JSON; and of the
 * first replicate its bystanders, see `characterLines`. Nothing where reports were merged and the store of their runs is elsewhere.
 */
function observationLines({ judged, merged, configuration }: ConfiguredRun): {
  observations: string;
  characters: string;
} {
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
  if (rows.includes(undefined) && merged) return { observations: '', characters: '' };
  if (rows.includes(undefined)) throw new InvariantError(`the store ${folder} lost an observation during the run`);
  const [first] = seeds;
  return {
    observations: rows.map((row) => `${canonical(row)}\n`).join(''),
    characters: first === undefined ? '' : characterLines(configuration, store, first, [...arms.values()]),
  };
}

function runFacts({ folder }: Pick<ProjectFiles, 'folder'>): RunFacts {
  const git = (...args: string[]): string => {
    const { status, stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
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
