import { execFileSync } from 'node:child_process';

/** Name and driver of this machine's GPU, for the record of what really ran: by whatever tool is there to tell. */
export function gpuName(): string {
  const tools: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['nvidia-smi', ['--query-gpu=name,driver_version', '--format=csv,noheader'], /.+/g],
    ['vulkaninfo', ['--summary'], /(deviceName|driverInfo) *= *(.*)/g],
  ];
  for (const [tool, options, wanted] of tools) {
    try {
      const text = execFileSync(tool, options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      return [...text.matchAll(wanted)].map(([line]) => line.trim()).join('; ');
    } catch {
      // Not here: the next tool may be.
    }
  }
  return process.env['VK_ICD_FILENAMES'] ?? 'a GPU that neither nvidia-smi nor vulkaninfo names';
}
