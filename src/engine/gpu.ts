import { execFileSync } from 'node:child_process';

/** A tool that has not answered by then hangs, as one does on a broken driver. */
const PATIENCE_MS = 5_000;

/** Name and driver of this machine's GPU, for the record of what really ran: by whatever tool is there to tell in time. */
export function gpuName(): string {
  const tools: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['nvidia-smi', ['--query-gpu=name,driver_version', '--format=csv,noheader'], /.+/g],
    ['vulkaninfo', ['--summary'], /(deviceName|driverInfo) *= *(.*)/g],
  ];
  for (const [tool, options, wanted] of tools) {
    try {
      const text = execFileSync(tool, options, {
        ...{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
        ...{ timeout: PATIENCE_MS, killSignal: 'SIGKILL' },
      });
      return [...text.matchAll(wanted)].map(([line]) => line.trim()).join('; ');
    } catch {
      // Not here, or it hangs: the next tool may answer.
    }
  }
  return process.env['VK_ICD_FILENAMES'] ?? 'a GPU that neither nvidia-smi nor vulkaninfo names';
}
