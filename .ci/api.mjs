// Compares what the built package exports with the committed reports docs/api/*.api.md, one an entry of package.json's `exports`;
// with --write it writes them. Exits 1 where one differs or is missing.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const root = process.cwd();
const write = process.argv.includes('--write');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
const scratch = mkdtempSync(join(tmpdir(), 'api-'));
mkdirSync(join(root, 'docs', 'api'), { recursive: true });
let differing = 0;
for (const [entry, { types }] of Object.entries(exports).filter(([, to]) => typeof to === 'object')) {
  const file = join(root, types);
  if (!existsSync(file)) throw new Error(`no ${types}: run npm run build first`);
  const name = `${entry === '.' ? 'spillover' : entry.slice(2)}.api.md`;
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: file,
      compiler: { overrideTsconfig: { compilerOptions, files: [file] } },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: scratch,
        reportTempFolder: join(scratch, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  });
  const said = [];
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === 'error') said.push(message.text);
    },
  });
  if (!succeeded) throw new Error(`${entry} cannot be read:\n${said.join('\n')}`);
  const now = readFileSync(join(scratch, name), 'utf8').replaceAll('\r\n', '\n');
  const committed = join(root, 'docs', 'api', name);
  const before = existsSync(committed) ? readFileSync(committed, 'utf8') : '';
  if (write) writeFileSync(committed, now);
  else if (before !== now) {
    differing += 1;
    const lines = (text) => new Set(text.split('\n'));
    const [old, fresh] = [lines(before), lines(now)];
    for (const line of old) if (!fresh.has(line)) console.error(`docs/api/${name} - ${line}`);
    for (const line of fresh) if (!old.has(line)) console.error(`docs/api/${name} + ${line}`);
  }
}
rmSync(scratch, { recursive: true });
if (differing > 0) {
  console.error('the public API changed: if that is meant, run npm run api and commit docs/api');
  process.exitCode = 1;
}
