#!/usr/bin/env node
import { InputError, NothingToMeasureError } from '../core/errors.ts';
import '../lab/code.ts';
import { endWithParent } from '../lab/parent.ts';

// Plain text where nobody watches: with CI in the environment, vitest would colour a file, too.
if (!process.stdout.isTTY && process.env['FORCE_COLOR'] === undefined) process.env['NO_COLOR'] ??= '1';

const [name, ...rest] = process.argv.slice(2);
endWithParent();
try {
  // Loaded after the code was hashed, so that what runs is what the hashes name.
  const { runCommand } = await import('./commands.ts');
  await runCommand(name, rest);
} catch (error) {
  const said = error instanceof InputError || error instanceof NothingToMeasureError;
  process.stderr.write(`${said ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
