import { InputError } from '../core/errors.ts';
import { endWithParent } from '../lab/parent.ts';
import { claims } from './claims.ts';
import { doctor } from './doctor.ts';
import { explore } from './explore.ts';
import { register } from './register.ts';
import { report } from './report.ts';
import { reproduce, testEverything } from './run.ts';
import { setupGpu } from './setup-gpu.ts';
import { verify } from './verify.ts';

/** Commands by name; only `explore`, `report` and `verify` take options. */
const COMMANDS: Readonly<Record<string, (rest: readonly string[]) => Promise<void>>> = {
  reproduce,
  test: testEverything,
  register,
  explore,
  report,
  claims,
  verify,
  doctor,
  'setup:gpu': setupGpu,
};

endWithParent();
const [name, ...rest] = process.argv.slice(2);
try {
  const command = COMMANDS[name ?? ''];
  if (command === undefined || (rest.length > 0 && command !== explore && command !== report && command !== verify)) {
    throw new InputError('unknown command', {
      expected: `one of ${Object.keys(COMMANDS).join(', ')}; only explore, report and verify take options`,
      got: process.argv.slice(2).join(' ') || 'nothing',
      todo: 'run npm run reproduce, npm test, npm run register, npm run explore, npm run report, npm run claims, npm run verify, npm run doctor or npm run setup:gpu',
    });
  }
  await command(rest);
} catch (error) {
  process.stderr.write(`${error instanceof InputError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
