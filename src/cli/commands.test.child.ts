import { createRequire } from 'node:module';
import { runCommand } from './commands.ts';

// Calls commands, and says how many were refused and which heavy packages that loaded.
let refused = 0;
for (const [name, ...rest] of JSON.parse(process.argv[2] as string) as [string, ...string[]][])
  await runCommand(name, rest).catch(() => {
    refused += 1;
  });
const { cache } = createRequire(import.meta.url);
const heavy = Object.keys(cache).filter((path) => /node_modules.(@tensorflow|onnxruntime-node)/.test(path));
process.stdout.write(`${JSON.stringify({ refused, heavy })}\n`);
