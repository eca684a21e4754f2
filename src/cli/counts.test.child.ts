import { startVitest } from 'vitest/node';
import { concludingText, countTests } from './counts.ts';

// Runs the tests in a folder and prints what they came to.
const [folder] = process.argv.slice(2);
const options = { run: true, watch: false, root: folder!, config: false as const, reporters: ['tap-flat' as const] };
const vitest = await startVitest('test', [], options);
const counts = countTests(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length);
await vitest.close();
process.stdout.write(`\n${concludingText(counts)}`);
