import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf } from '../core/canonical.ts';
import { textHash } from '../lab/code.ts';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));

/**
 * Hash of the text of a file and, however deep, of those that it imports by a relative path, whatever ends their lines; those of
 * `src/` are left out, which are hashed as code. Null where there is no such file.
 */
export function sourcesHash(path: string): string | null {
  if (!existsSync(path)) return null;
  const texts = new Map<string, string>();
  const visit = (file: string): void => {
    if (texts.has(file) || file.startsWith(SOURCE) || !existsSync(file)) return;
    const text = readFileSync(file, 'utf8');
    texts.set(file, textHash(text));
    for (const [, from] of text.matchAll(/(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g))
      visit(resolve(dirname(file), (from as string).replaceAll('/', sep)));
  };
  visit(resolve(path));
  return hashOf([...texts.values()]);
}
