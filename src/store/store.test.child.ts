import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from './store.ts';

// Obtains record run/k of a store in a process of its own, noting each making in a log.
const [folder, log, delayMs] = process.argv.slice(2);
const store = openStore(folder!);
process.send?.('ready');
await store.obtain('run', 'k', async () => {
  appendFileSync(log!, `${process.pid}\n`);
  process.send?.('making');
  await sleep(Number(delayMs));
  return { data: { answer: 42 }, tensors: { x: { shape: [2], values: Float32Array.of(1, 2) } } };
});
process.disconnect?.();
