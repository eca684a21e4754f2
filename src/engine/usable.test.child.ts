import { engines } from './engines/index.ts';
import { engineNamed } from './named.ts';
import { loadEngine } from './select.ts';

// Loads the engines that its argument names, and says of each why it cannot be used, or null.
const answers: Record<string, string | null> = {};
for (const id of JSON.parse(process.argv[2] as string) as string[])
  answers[id] = await loadEngine(engineNamed(engines, id)).then(
    () => null,
    (error: Error) => error.message,
  );
process.send?.(answers);
