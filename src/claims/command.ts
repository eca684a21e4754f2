/**
 * A command with environment variables as the shell of a platform takes it. On Windows the line works in cmd and in
 * PowerShell, whose own ways to set a variable exclude each other. Records hold the POSIX form on every platform, so that
 * they are the same everywhere.
 */
export function commandText(
  environment: Readonly<Record<string, string>>,
  command: string,
  platform: NodeJS.Platform = process.platform,
): string {
  const set = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  if (set.length === 0) return command;
  if (platform !== 'win32') return `${set.join(' ')} ${command}`;
  return `cmd /c "${set.map((each) => `set ${each}&& `).join('')}${command}"`;
}

/** A command as records hold it. */
export const recordedCommand = (environment: Readonly<Record<string, string>>, command: string): string =>
  commandText(environment, command, 'linux');

/** An argument in quotes, as the shell of a platform takes it. */
export function quoted(text: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? `"${text.replaceAll('"', '\\"')}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}
