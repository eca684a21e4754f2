import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { type Judged, judgeFamily } from '../claims/gate.ts';
import { digestOf, evidenceFaults } from '../claims/judging.ts';
import type { PowerAnalysis } from '../claims/power.ts';
import type { Registry } from '../claims/registry.ts';
import { readRegistry } from '../claims/registry-file.ts';
import { InputError } from '../core/errors.ts';
import { readJson, readJsonAs } from '../core/json-file.ts';
import type { Exploration } from './exploration.ts';
import { EXPLORATION } from './folder.ts';
import { inOrderOf, type NamedArm, named } from './groups.ts';
import { type ImportedFile, readImportedFile } from './imported.ts';
import {
  type ArmCharacters,
  type ArmLine,
  armLine,
  type BaseLine,
  baseLine,
  charactersLine,
  OBSERVATIONS,
} from './lines.ts';
import { changedSince, readManifest } from './manifest.ts';
import { readPower } from './power.ts';
import { AGAIN, type ClaimsFile, claimsFile, explorationFile, FORMAT } from './schema.ts';
import { readWorlds, type WorldFacts } from './worlds.ts';

/** Another setup than the usual one. */
export interface OfSetup extends WorldFacts {
  readonly runs: readonly ArmLine[];
}

/** Everything that a report shows, read from one folder. */
export interface Records extends Omit<ClaimsFile, 'format'> {
  /** Those of the setup that claims are about that name none. */
  readonly bases: readonly BaseLine[];
  readonly runs: readonly ArmLine[];
  /** What is told of each other setup, and its runs. */
  readonly elsewhere: readonly OfSetup[];
  /** Bystander by bystander, of the first replicate. */
  readonly characters: readonly (ArmCharacters & NamedArm)[];
  readonly explorations: readonly Exploration[];
  /** Those of the project when the run was judged, of other forms of the claims, too. */
  readonly power: readonly PowerAnalysis[];
  readonly registry: Registry;
  /** Claims about the records of others; none where the run looked at none. */
  readonly imported: Omit<ImportedFile, 'format'>;
}

/**
 * The records of a folder such as `reports/latest`, with the registry as it was then. Throws `InputError` where there are
 * none, where a file is of another version or damaged, and on a number that is not finite.
 */
export function readRecords(folder: string): Records {
  const file = readClaims(folder);
  const all = linesOf(
    join(folder, OBSERVATIONS),
    z.union([armLine(), baseLine()]),
    'the observation of a base or an arm',
  );
  const lines = all.filter(({ setup }) => setup === undefined);
  const runsOf = (of: readonly (BaseLine | ArmLine)[]): ArmLine[] =>
    of.filter((line): line is ArmLine => 'arm' in line);
  const characters = linesOf(join(folder, 'characters.jsonl'), charactersLine, 'the bystanders of an arm');
  return {
    ...file,
    bases: lines.filter((line): line is BaseLine => !('arm' in line)),
    runs: runsOf(lines),
    elsewhere: readWorlds(folder).map((world) => ({
      ...world,
      runs: runsOf(all.filter(({ setup }) => setup === world.name)),
    })),
    characters: characters.map((line) => ({ ...line, ...named(line.arm, file.methods) })).sort(inOrderOf(file.methods)),
    explorations: readdirSync(folder)
      .filter((name) => EXPLORATION.test(name))
      .sort()
      .map((name) => readExploration(join(folder, name))),
    power: readPower(folder),
    registry: readRegistry(join(folder, 'claims.lock.json')),
    imported: readImportedFile(folder),
  };
}

/** The claims of a folder of records alone, with what is told of their run. Throws as `readRecords`. */
export function readClaims(folder: string): Omit<ClaimsFile, 'format'> {
  const path = join(folder, 'claims.json');
  if (!existsSync(path)) {
    throw new InputError(`there are no records in ${folder}`, {
      expected: 'claims.json of a run that came to its end',
      got: 'nothing',
      todo: AGAIN,
    });
  }
  refuseOtherFormat(path);
  const { format: _, ...file } = readJsonAs(path, claimsFile, 'the claims of a run', AGAIN);
  refuseEdited(path, file);
  return file;
}

/** Throws `InputError` where the claims are those of another version, before every field of theirs is found wrong. */
function refuseOtherFormat(path: string): void {
  const { format } = z.looseObject({ format: z.unknown() }).catch({ format: undefined }).parse(readJson(path, AGAIN));
  if (format === FORMAT) return;
  throw new InputError(`${path} is of another version`, {
    expected: `records of format ${FORMAT}`,
    got: `format ${JSON.stringify(format)}`,
    todo: AGAIN,
  });
}

/** Records that are not as the manifest of their folder has them; explorations come and go between runs. */
function changedRecords(folder: string): string[] {
  const manifest = readManifest(folder) ?? new Map<string, string>();
  return changedSince(folder, manifest).filter(
    (name) => /^[^/]*\.(json|jsonl|jsonl\.gz|md)$/.test(name) && !EXPLORATION.test(name),
  );
}

/** Throws `InputError` where claims are not what their numbers give, or the digest is not theirs: somebody edited the file. */
function refuseEdited(
  path: string,
  { digest, partial, claims }: Pick<ClaimsFile, 'digest' | 'partial' | 'claims'>,
): void {
  const family = judgeFamily(claims, partial);
  const inFamily = claims.flatMap(({ id, familyVerdict, holmP, firm }, i) => {
    const given = family[i] as Judged;
    const same = given.familyVerdict === familyVerdict && given.holmP === holmP && given.firm === firm;
    return same ? [] : [`${id}: its verdict after Holm is not what the family gives`];
  });
  const faults = [
    ...claims.flatMap(evidenceFaults),
    ...inFamily,
    ...(digestOf(claims) === digest ? [] : ['the digest is not that of the claims']),
    ...changedRecords(dirname(path)).map((name) => `${name} is not as the run wrote it`),
  ];
  if (faults.length === 0) return;
  const expected = 'claims whose numbers give their verdicts and the digest';
  throw new InputError(`${path} was edited or damaged`, { expected, got: faults.join('; '), todo: AGAIN });
}

/** What an exploration wrote to a file. Throws `InputError` where it cannot be read or is of another version. */
export function readExploration(path: string): Exploration {
  const todo = 'remove it, or write it again: npm run explore';
  return readJsonAs(path, explorationFile, 'what an exploration wrote', todo);
}

/** The values in a file of one JSON value a line, which may be compressed; none where there is no file. */
function linesOf<Line>(path: string, schema: z.ZodType<Line>, what: string): Line[] {
  if (!existsSync(path)) return [];
  const lines = textOf(path)
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line, i) => {
    const parsed = schema.safeParse(jsonOrNothing(line));
    if (parsed.success) return parsed.data;
    throw new InputError(`${path}, line ${i + 1}`, {
      expected: `${what}, as JSON, every number finite`,
      got: line.slice(0, 80),
      todo: AGAIN,
    });
  });
}

/** The text of a file, out of gzip by its name. Throws `InputError` where that is cut or damaged. */
function textOf(path: string): string {
  const bytes = readFileSync(path);
  if (!path.endsWith('.gz')) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch (error) {
    throw new InputError(path, {
      expected: 'lines of JSON, compressed with gzip',
      got: error instanceof Error ? error.message : String(error),
      todo: AGAIN,
    });
  }
}

function jsonOrNothing(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
