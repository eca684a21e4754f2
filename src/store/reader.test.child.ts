import type { RecordContent } from './store.ts';
import { openStore } from './store.ts';

// Reads a store as somebody who may not write it, root included, and tells what came of it.
const NOBODY = 65_534;
const [folder = ''] = process.argv.slice(2);
if (process.getuid?.() === 0) {
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
const content: RecordContent = { data: { answer: 1 }, tensors: {} };
const reports: string[] = [];
const store = openStore(folder, { report: (message) => reports.push(message) });
const answerOf = (loss: unknown): unknown => ({ answer: (loss as { readonly loss: number }).loss });
const faultOf = (error: unknown): string => `${(error as Error).name}: ${(error as Error).message}`;
let write = 'written';
try {
  store.write({ kind: 'run', key: 'new', ...content });
} catch (error) {
  write = faultOf(error);
}
const told = {
  read: answerOf(store.read('run', 'k')?.data),
  obtained: answerOf((await store.obtain('run', 'k', async () => content)).data),
  damaged: store.read('run', 'bad') === undefined,
  reports,
  write,
  obtain: await store.obtain('run', 'newer', async () => content).then(() => 'made', faultOf),
};
process.send?.(told, () => process.disconnect());
