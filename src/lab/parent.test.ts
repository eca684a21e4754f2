import { expect, test } from 'vitest';
import { processesIn, starters } from './parent.ts';

const tree = processesIn(`
    1     0 /sbin/init
   10     1 -bash
   20    10 npm run reproduce
   21    20 sh -c tsx src/cli/main.ts reproduce
   22    21 node /home/eve/spillover/node_modules/.bin/tsx src/cli/main.ts reproduce
   23    22 /usr/bin/node --import file:///x src/cli/main.ts reproduce
   30    10 node /home/eve/node_modules/tsx/dist/cli.mjs src/cli/main.ts test
   31    30 node --import file:///x src/cli/main.ts test
   40    10 node --import tsx src/cli/main.ts test
`);

test('the processes that started one for the user are those up to npm, or tsx alone, and no shell that may end', () => {
  expect(starters(23, tree)).toEqual([22, 21, 20]);
  expect(starters(31, tree)).toEqual([30]);
  expect(starters(40, tree)).toEqual([]);
  expect(starters(99, tree)).toEqual([]);
});

test('a circle of processes ends, and node_modules of npm are not npm', () => {
  expect(starters(1, processesIn('1 2 node\n2 1 node\n'))).toEqual([]);
  expect(starters(7, processesIn('7 8 x\n8 9 node /usr/lib/node_modules/npm-check/run.js\n9 1 bash\n'))).toEqual([]);
  expect(starters(7, processesIn('7 8 x\n8 9 node C:\\npm\\npm-cli.js run test\n9 1 cmd\n'))).toEqual([8]);
});
