import * as tf from '@tensorflow/tfjs';
import { InvariantError } from '../../core/errors.ts';
import type { ElementType, Graph, Value } from './graph.ts';

/** Turns one call of a TensorFlow.js kernel into graph nodes; gives the kernel's outputs. */
export type Lowering = (graph: Graph, inputs: Inputs, attributes: KernelAttributes) => Value | Value[];

export type Inputs = Readonly<Record<string, Value>>;
export type KernelAttributes = Readonly<Record<string, unknown>>;

const { parseAxisParam } = tf.util;

export const get = (inputs: Inputs, name: string): Value => {
  const value = inputs[name];
  if (value === undefined) throw new Error(`kernel input '${name}' is missing`);
  return value;
};
export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((extent, i) => extent === b[i]);
export const ints = (graph: Graph, numbers: readonly number[]): Value =>
  graph.constant(numbers, [numbers.length], 'int64');
export const scalar = (graph: Graph, value: number, dtype: ElementType): Value => graph.constant([value], [], dtype);

/** A reshape of a reshape is one; into the shape that a value has, or had before, it is none. */
export function reshape(graph: Graph, x: Value, shape: readonly number[]): Value {
  if (sameShape(x.shape, shape)) return x;
  const before = graph.beforeReshape(x);
  if (before !== undefined) return reshape(graph, before, shape);
  return graph.emit('Reshape', [x, ints(graph, shape)], { shape, dtype: x.dtype });
}

export function expand(graph: Graph, x: Value, shape: readonly number[]): Value {
  return sameShape(x.shape, shape) ? x : graph.emit('Expand', [x, ints(graph, shape)], { shape, dtype: x.dtype });
}

/** Axes of extent 1 take no part, so that the runtime sees the transpositions that its products can absorb. */
export const transpose: Lowering = (graph, inputs, attributes) => {
  const x = get(inputs, 'x');
  const all = attributes['perm'] as number[];
  const shape = all.map((i) => x.shape[i] as number);
  const wide = x.shape.flatMap((extent, i) => (extent === 1 ? [] : [i]));
  const perm = all.filter((i) => wide.includes(i)).map((i) => wide.indexOf(i));
  if (perm.every((from, to) => from === to)) return reshape(graph, x, shape);
  const slim = reshape(
    graph,
    x,
    wide.map((i) => x.shape[i] as number),
  );
  const turned = { shape: perm.map((i) => slim.shape[i] as number), dtype: x.dtype };
  return reshape(graph, graph.emit('Transpose', [slim], turned, { perm }), shape);
};

function sliceOf(graph: Graph, x: Value, begin: readonly number[], size: readonly number[]): Value {
  const axes = x.shape.map((_, i) => i).filter((i) => size[i] !== x.shape[i]);
  if (axes.length === 0) return x;
  const starts = axes.map((i) => begin[i] as number);
  const ends = axes.map((i) => (begin[i] as number) + (size[i] as number));
  const edges = [starts, ends, axes].map((numbers) => ints(graph, numbers));
  return graph.emit('Slice', [x, ...edges], { shape: size, dtype: x.dtype });
}

export const slice: Lowering = (graph, inputs, attributes) => {
  const x = get(inputs, 'x');
  const [begin, size] = tf.slice_util.parseSliceParams(
    { shape: [...x.shape] } as tf.Tensor,
    attributes['begin'] as number[],
    attributes['size'] as number[],
  );
  return sliceOf(graph, x, begin ?? [], size ?? []);
};

/** One Slice a part: WebGPU allows a Split only a few outputs. */
export const splitV: Lowering = (graph, inputs, attributes) => {
  const x = get(inputs, 'x');
  const [axis] = parseAxisParam(attributes['axis'] as number, [...x.shape]);
  const like = { shape: [...x.shape] } as tf.Tensor;
  const extents = tf.backend_util.prepareSplitSize(like, attributes['numOrSizeSplits'] as number[], axis as number);
  let start = 0;
  return extents.map((extent) => {
    const begin = x.shape.map((_, i) => (i === axis ? start : 0));
    start += extent;
    return sliceOf(
      graph,
      x,
      begin,
      x.shape.map((full, i) => (i === axis ? extent : full)),
    );
  });
};

export const concat: Lowering = (graph, inputs, attributes) => {
  const parts = Object.values(inputs);
  const first = parts[0] as Value;
  const [axis] = parseAxisParam(attributes['axis'] as number, [...first.shape]);
  const shape = tf.backend_util.computeOutShape(
    parts.map((part) => [...part.shape]),
    axis as number,
  );
  return graph.emit('Concat', parts, { shape, dtype: first.dtype }, { axis: axis as number });
};

/** Rows of x by indices, along one axis, without batch dimensions. */
export const gather: Lowering = (graph, inputs, attributes) => {
  const x = get(inputs, 'x');
  const indices = get(inputs, 'indices');
  const [axis] = parseAxisParam(attributes['axis'] as number, [...x.shape]) as [number];
  if (attributes['batchDims'] !== 0)
    throw new InvariantError('GatherV2 with batch dimensions cannot be lowered to ONNX');
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  return graph.emit('Gather', [x, indices], { shape, dtype: x.dtype }, { axis });
};

export const pad: Lowering = (graph, inputs, attributes) => {
  const x = get(inputs, 'x');
  const paddings = attributes['paddings'] as [number, number][];
  const shape = x.shape.map((extent, i) => extent + (paddings[i] as number[])[0]! + (paddings[i] as number[])[1]!);
  const pads = ints(graph, [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)]);
  return graph.emit('Pad', [x, pads, scalar(graph, attributes['constantValue'] as number, x.dtype)], {
    shape,
    dtype: x.dtype,
  });
};
