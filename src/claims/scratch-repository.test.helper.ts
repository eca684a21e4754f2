import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configuration } from '../project/configuration.ts';
import type { ProjectFiles } from '../project/project.ts';
import { type Made, madeOf } from './declaration.ts';
import type { Declared, DeclaredClaim } from './declared.ts';
import { readingsOf } from './seeds-read.ts';
import { git } from './tree.ts';

/** A project under version control in a folder below the root of its repository, in a temporary folder: a new one, or a shallow clone. */
export class ScratchRepository {
  /** How many registries it made: no two say the same. */
  #registrations = 0;
  readonly root: string = mkdtempSync(join(tmpdir(), 'repository-test-'));
  readonly folder: string = join(this.root, 'projects', 'mine');

  constructor(from?: ScratchRepository) {
    if (from === undefined) git(this.root, 'init', '-q', '-b', 'main');
    else git(this.root, 'clone', '-q', '--depth', '1', `file://${from.root}`, '.');
    mkdirSync(this.folder, { recursive: true });
  }

  git(...args: string[]): string {
    const said = git(this.folder, '-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false', ...args);
    if (said === undefined) throw new Error(`git ${args.join(' ')} failed`);
    return said.trim();
  }

  put(path: string, text: string): void {
    mkdirSync(join(this.folder, path, '..'), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  move(from: string, to: string): void {
    mkdirSync(join(this.folder, to, '..'), { recursive: true });
    renameSync(join(this.folder, from), join(this.folder, to));
  }

  /** Commits everything, and gives the commit. */
  commit(): string {
    this.git('add', '-A');
    this.git('commit', '-qm', 'x', '--allow-empty');
    return this.git('rev-parse', 'HEAD');
  }

  /** Puts files, and commits everything. */
  commits(files: Readonly<Record<string, string>>): string {
    for (const [path, text] of Object.entries(files)) this.put(path, text);
    return this.commit();
  }

  /** Commits a registry in which a claim, that says this, has looked at `n` seeds, or at `n` setups. */
  registers(id: string, n: number, about: 'seeds' | 'setups' = 'seeds', content: object = {}): string {
    const numbers = {
      n,
      verdict: 'supported',
      familyVerdict: 'supported',
      mean: ++this.#registrations,
      low: 0,
      high: 1,
    };
    const quick = { ...numbers, ...(about === 'setups' && { usable: n }) };
    return this.commits({
      'reports/claims.lock.json': JSON.stringify({ claims: { [id]: { spec: id, content, profiles: { quick } } } }),
    });
  }

  /** What a hypothesis file says now, and since when; that of a claim about another's setups where `of` names one. */
  made(path = 'hypotheses/h1.test.ts', of?: string): Made {
    const declared = (at: string): Declared => {
      const file = join(this.folder, at);
      return { path: file, text: readFileSync(file, 'utf8'), spec: {} as Declared['spec'], gather: Promise.reject };
    };
    const project = this.project();
    const about = of === undefined ? {} : { of: declared(of) as DeclaredClaim };
    return madeOf({ ...declared(path), ...about }, { project } as Configuration, readingsOf(project));
  }

  private project(): ProjectFiles {
    const at = (path: string): string => join(this.folder, path);
    return {
      ...{ folder: this.folder, registry: at('reports/claims.lock.json'), seeds: { default: [] } },
      setups: {
        recipe: JSON.parse(readFileSync(at('fixtures/recipe.json'), 'utf8')),
        other: { world: { kind: 'other' } },
      },
      sources: { setups: { recipe: at('fixtures/recipe.json') }, seeds: at('fixtures/seeds.json') },
    } as object as ProjectFiles;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
