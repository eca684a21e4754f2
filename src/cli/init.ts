import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../core/errors.ts';
import { writeWhole } from '../core/whole-file.ts';
import { filesOfProject } from './init-files.ts';

/** This package's own manifest, above `src` and above what is built of it. */
const MANIFEST = fileURLToPath(new URL('../../package.json', import.meta.url));

/**
 * `npx spillover init`: makes a project in a folder, which need not be there yet: one claim on a tiny setup, with everything
 * that it takes to register it and to run it in CI. Throws `InputError`, and writes nothing, where one of the files is there.
 */
export async function init(to: string): Promise<void> {
  const folder = resolve(to);
  const { version, dependencies, peerDependencies } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as {
    readonly version: string;
    readonly dependencies: { readonly zod: string };
    readonly peerDependencies: { readonly vitest: string };
  };
  const files = filesOfProject({
    name: basename(folder),
    version,
    vitest: peerDependencies.vitest,
    zod: dependencies.zod,
  });
  const there = Object.keys(files).filter((path) => existsSync(join(folder, path)));
  if (there.length > 0) {
    throw new InputError(`${folder} has files that init would write`, {
      expected: 'a folder without them',
      got: there.join(', '),
      todo: 'name another folder, or move them; nothing was written',
    });
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeWhole(join(folder, path), text);
  }
  const place = relative(process.cwd(), folder);
  const commit = 'git init && git add -A && git commit -m "A first claim"';
  const steps = [...(place === '' ? [] : [`cd ${place}`]), commit, 'npm run register -- --all', 'npm test'];
  process.stdout.write(`${Object.keys(files).length} files in ${folder}\nnext: ${steps.join(' && ')}\n`);
}
