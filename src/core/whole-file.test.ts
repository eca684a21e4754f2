import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

test('files are written by core/whole-file.ts alone', () => {
  const files = ['src', 'bench'].flatMap((folder) =>
    readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
      .map((file) => join(folder, file)),
  );
  const writers = files.filter((file) =>
    /\b(writeFile|appendFile|copyFile|createWriteStream|writeSync\b|writevSync|truncate)/.test(
      readFileSync(join(PROJECT, file), 'utf8'),
    ),
  );
  expect(writers).toEqual([join('src', 'core', 'whole-file.ts')]);
});
