import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFolder } from './folder.ts';

// Replaces a folder some times, each time by files that all say who wrote them and in which turn.
const [folder, name] = process.argv.slice(2);
for (let turn = 0; turn < 10; turn++) {
  await replaceFolder(folder!, (staging) => {
    const text = `${name} ${turn}`;
    for (let i = 0; i < 30; i++) writeFileSync(join(staging, `${i}.txt`), text);
    writeFileSync(join(staging, 'index.html'), text);
  });
}
