import { spawnSync } from 'node:child_process';
import { arch, availableParallelism, cpus, release, type } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { digestOf } from '../claims/judging.ts';
import { registryText } from '../claims/registry-file.ts';
import { canonical } from '../core/canonical.ts';
import { writeSynced, writeWhole } from '../core/whole-file.ts';
import type { Configuration } from '../project/configuration.ts';
import type { ProjectFiles } from '../project/project.ts';
import type { Exploration } from './exploration.ts';
import { lockedFolder } from './folder.ts';
import { factsOf } from './groups.ts';
import { type ImportedFile, writeImported } from './imported.ts';
import { type ArmLine, charactersLine, OBSERVATIONS } from './lines.ts';
import { observedOf } from './observations.ts';
import { columnFacts, columnsOf, parquetOf } from './parquet.ts';
import { POWER_FILE, powerIfSound, powerText } from './power.ts';
import { type ClaimsFile, claimsFile, explorationFile, FORMAT, type RunFacts, writable } from './schema.ts';
import { setupColumns, setupRows } from './setups.ts';
import { type Run, summaryMarkdown } from './summary.ts';
import { WORLDS, worldsFile, worldsOf } from './worlds.ts';

/** The folder of the last run of all claims, and of the last one of some. */
export const latestOf = ({ reports }: Pick<ProjectFiles, 'reports'>): string => join(reports, 'latest');
export const partialOf = ({ reports }: Pick<ProjectFiles, 'reports'>): string => join(reports, 'partial');

/** A run with what it was set up by. */
export interface ConfiguredRun extends Run {
  readonly configuration: Configuration;
  /** Claims about the records of others, and what keeps them from being as registered; absent where it looked at none. */
  readonly imported?: Omit<ImportedFile, 'format'>;
}

/**
 * Writes claims.json, observations.jsonl.gz, characters.jsonl, worlds.json where there are other setups, summary.md, the registry
 * of a run and the project's power analyses into a folder, the runs of every setup, the usual one's first, as
 * observations.parquet, and what changed setups said as setups.parquet.
 * Throws `InvariantError` where a file would not be what its schema says.
 */
export function writeRecords(folder: string, run: ConfiguredRun): void {
  const { judged, partial, problems, notes, configuration } = run;
  const { catalog, project } = configuration;
  const { lines, characters } = observedOf(judged, run.merged, configuration);
  const arms = lines.filter((line): line is ArmLine => 'arm' in line);
  const runs = [...arms.filter(({ setup }) => setup === undefined), ...arms.filter(({ setup }) => setup !== undefined)];
  const columns = runs.length === 0 ? [] : columnsOf(catalog, runs);
  const rows = setupRows(judged);
  const ofSetups = rows.length === 0 ? [] : setupColumns(rows);
  const used = judged.flatMap(({ arms }) => Object.values(arms).map(({ method }) => method));
  const file: ClaimsFile = {
    format: FORMAT,
    run: runFacts(project),
    digest: digestOf(judged),
    ...{ partial, problems, notes },
    methods: factsOf(catalog.methods.filter(({ id }) => used.includes(id))),
    columns: columnFacts(columns),
    setupColumns: columnFacts(ofSetups),
    claims: judged,
  };
  const put = (name: string, content: string | Uint8Array): void => writeSynced(join(folder, name), content);
  put('claims.json', `${JSON.stringify(writable(claimsFile, file, 'claims.json'), null, 2)}\n`);
  put(OBSERVATIONS, gzipSync(lines.map((line) => `${canonical(line)}\n`).join(''), { level: 9 }));
  put(
    'characters.jsonl',
    characters.map((line) => `${canonical(writable(charactersLine, line, 'characters.jsonl'))}\n`).join(''),
  );
  const worlds = worldsOf(lines, configuration);
  if (worlds.length > 0) put(WORLDS, `${JSON.stringify(writable(worldsFile, worlds, WORLDS), null, 2)}\n`);
  if (runs.length > 0) put('observations.parquet', parquetOf(columns, runs));
  if (rows.length > 0) put('setups.parquet', parquetOf(ofSetups, rows));
  put('claims.lock.json', registryText(run.registry));
  const power = powerIfSound(project.reports);
  if (power.length > 0) put(POWER_FILE, powerText(power));
  writeImported(folder, run.imported?.claims ?? [], run.imported?.problems ?? []);
  put('summary.md', summaryMarkdown(run, power));
}

/**
 * Writes what an exploration found into the folder of the latest run, under its lock: a run that ends at the same time replaces
 * it. Throws `InvariantError` where the file would not be what its schema says.
 */
export function writeExploration(files: Pick<ProjectFiles, 'reports'>, exploration: Exploration): Promise<void> {
  const [latest, name] = [latestOf(files), `explore-${exploration.claim}.json`];
  const text = `${JSON.stringify(writable(explorationFile, exploration, name), null, 2)}\n`;
  return lockedFolder(latest, () => writeWhole(join(latest, name), text));
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
