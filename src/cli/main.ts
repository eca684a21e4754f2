import { InputError } from '../core/errors.ts';
import { register } from './register.ts';
import { reproduce, testEverything } from './run.ts';

const COMMANDS: Readonly<Record<string, () => Promise<void>>> = {
  reproduce,
  test: testEverything,
  register,
};

const [name, ...rest] = process.argv.slice(2);
try {
  const command = COMMANDS[name ?? ''];
  if (command === undefined || rest.length > 0) {
    throw new InputError('unknown command', {
      expected: `one of ${Object.keys(COMMANDS).join(', ')}, and nothing after it`,
      got: process.argv.slice(2).join(' ') || 'nothing',
      todo: 'run npm run reproduce, npm test or npm run register',
    });
  }
  await command();
} catch (error) {
  process.stderr.write(`${error instanceof InputError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
