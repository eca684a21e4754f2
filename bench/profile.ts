import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import type { Feeds } from '../src/engine/engine.ts';
import { sizeOf } from '../src/engine/engine.ts';
import { Graph, inputName, type Value } from '../src/engine/onnx/graph.ts';
import { sessionOn } from '../src/engine/onnx/session.ts';
import { trace } from '../src/engine/onnx/trace.ts';
import type { Compilable } from '../src/engine/programs.ts';

const isProduct = (op: string): boolean => op === 'MatMul' || op === 'FusedMatMul';

/** What a traced function consists of, and what that costs on onnx:cpu. */
export interface Profile {
  /** Nodes of the graph before the runtime's own optimisation. */
  readonly nodes: number;
  readonly products: number;
  /** Median milliseconds of a run, and of a run of a graph of the same products alone. */
  readonly ms: number;
  readonly productsMs: number;
  /** Share of the time of all nodes that each operation takes, by the runtime's own profile, largest first. */
  readonly shares: readonly (readonly [op: string, share: number])[];
}

/** Profiles a function; the two timings take turns, so that both see the same machine. */
export async function profile({ fn, signature }: Compilable, feeds: Feeds, runs: number): Promise<Profile> {
  const { graph, outputs } = await trace(fn, signature);
  const nodes = graph.nodesFor(Object.values(outputs));
  const whole = graph.model(outputs);
  const inputs: Record<string, ort.Tensor> = {};
  for (const [name, { shape, dtype }] of Object.entries(signature))
    inputs[inputName(name)] = new ort.Tensor(dtype, feeds[name] as Float32Array, shape);

  const products = new Graph();
  const operands: Record<string, ort.Tensor> = {};
  const corners: Record<string, Value> = {};
  const operand = (name: string, { shape }: Value): Value => {
    const values = Float32Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 7) % 13) / 13 - 0.5);
    operands[inputName(name)] = new ort.Tensor('float32', values, shape);
    return products.input(name, shape, 'float32');
  };
  for (const { op, domain, inputs: parts, output, attributes } of nodes) {
    if (!isProduct(op)) continue;
    const at = Object.keys(corners).length;
    const factors = parts.map((part, i) => operand(`${at}.${i}`, part));
    const product = products.emit(op, factors, output, attributes, domain);
    // One number leaves the session: copying out whole products would be timed with them.
    const zeros = products.constant([0], [output.shape.length], 'int64');
    const ones = products.constant([1], [output.shape.length], 'int64');
    corners[`${at}`] = products.emit('Slice', [product, zeros, ones], {
      shape: output.shape.map(() => 1),
      dtype: 'float32',
    });
  }
  const alone = products.model(corners);
  const options = sessionOn('cpu');
  const [a, b] = [await ort.InferenceSession.create(whole, options), await ort.InferenceSession.create(alone, options)];
  const times: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    times[0].push(await milliseconds(() => a.run(inputs)));
    times[1].push(await milliseconds(() => b.run(operands)));
  }
  await a.release();
  await b.release();
  return {
    nodes: nodes.length,
    products: Object.keys(corners).length,
    ms: median(times[0]),
    productsMs: median(times[1]),
    shares: await timeShares(whole, inputs, runs),
  };
}

async function timeShares(
  model: Uint8Array,
  inputs: Record<string, ort.Tensor>,
  runs: number,
): Promise<[string, number][]> {
  const folder = mkdtempSync(join(tmpdir(), 'spillover-profile-'));
  try {
    const options = { ...sessionOn('cpu'), enableProfiling: true, profileFilePrefix: join(folder, 'profile') };
    const session = await ort.InferenceSession.create(model, options);
    for (let run = 0; run < runs; run++) await session.run(inputs);
    session.endProfiling();
    await session.release();
    const [file] = readdirSync(folder);
    const events = JSON.parse(readFileSync(join(folder, file as string), 'utf8')) as ProfileEvent[];
    const times = new Map<string, number>();
    for (const { cat, dur, args } of events) {
      if (cat !== 'Node' || args?.op_name === undefined) continue;
      const name = isProduct(args.op_name) ? 'products' : args.op_name;
      times.set(name, (times.get(name) ?? 0) + dur);
    }
    const total = [...times.values()].reduce((sum, time) => sum + time, 0);
    return [...times].map(([op, time]): [string, number] => [op, time / total]).sort(([, x], [, y]) => y - x);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What we read of one event of the runtime's profile: microseconds of one operation. */
interface ProfileEvent {
  readonly cat: string;
  readonly dur: number;
  readonly args?: { readonly op_name?: string };
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
