import { readFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';

/** Instruction sets that decide which kernels a runtime picks, and so how it rounds. */
const SETS = ['avx2', 'fma', 'avx512f', 'avx512_vnni', 'avx512_bf16', 'amx_tile', 'asimd', 'sve'];

/**
 * The processor of this machine, for the record of what really ran: its model and, on Linux, family, model number, stepping
 * and instruction sets, since virtual machines share a model name; then the platform and the major version of Node, whose
 * builds and elementary functions round in ways of their own. Two machines with the same text give the same bits.
 */
export const PROCESSOR: string = [
  described(cpus()[0]?.model.trim() ?? 'unknown processor', cpuInfo()),
  `${platform()} ${arch()}`,
  `Node ${process.versions.node.split('.')[0]}`,
].join(', ');

function described(model: string, info: ReadonlyMap<string, string>): string {
  const numbers = ['cpu family', 'model', 'stepping'].flatMap((key) => info.get(key) ?? []);
  const flags = new Set((info.get('flags') ?? info.get('Features') ?? '').split(' '));
  const details = [...(numbers.length > 0 ? [numbers.join('-')] : []), ...SETS.filter((set) => flags.has(set))];
  return details.length === 0 ? model : `${model} (${details.join(' ')})`;
}

/** The first processor's fields of /proc/cpuinfo; none on other systems. */
function cpuInfo(): ReadonlyMap<string, string> {
  try {
    const [first = ''] = readFileSync('/proc/cpuinfo', 'utf8').split('\n\n');
    return new Map(
      first.split('\n').flatMap((line) => {
        const [key, value] = line.split(/\s*:\s*/);
        return key === undefined || value === undefined ? [] : [[key, value] as const];
      }),
    );
  } catch {
    return new Map();
  }
}
