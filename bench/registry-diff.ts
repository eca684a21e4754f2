/**
 * What changed in the registry since a commit, claim by claim and field by field: numbers that are equal to the last digit are
 * not shown. Usage: tsx bench/registry-diff.ts <commit, branch or tag>
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeLines, registryChanges } from '../src/claims/registry-diff.ts';
import { readRegistry } from '../src/claims/registry-file.ts';
import { writeWhole } from '../src/core/whole-file.ts';

const PATH = 'reports/claims.lock.json';
const [ref] = process.argv.slice(2);
if (ref === undefined) throw new Error('usage: tsx bench/registry-diff.ts <commit, branch or tag>');

const folder = mkdtempSync(join(tmpdir(), 'spillover-registry-'));
try {
  const before = join(folder, 'before.json');
  writeWhole(before, execFileSync('git', ['show', `${ref}:${PATH}`], { maxBuffer: 1e9, encoding: 'utf8' }));
  const changes = registryChanges(readRegistry(before), readRegistry(PATH));
  for (const line of changeLines(changes)) console.log(line);
  const fields = new Map<string, number>();
  for (const { field } of changes) fields.set(field, (fields.get(field) ?? 0) + 1);
  const counts = [...fields].map(([field, count]) => `${field} in ${count}`).join(', ');
  console.log(`${changes.length} fields changed since ${ref}${counts === '' ? '' : `: ${counts}`}`);
} finally {
  rmSync(folder, { recursive: true });
}
