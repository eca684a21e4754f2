import * as tf from '@tensorflow/tfjs';
import { type Attributes, type ElementType, type Graph, MICROSOFT, type Value } from './graph.ts';
import {
  concat,
  expand,
  gather,
  get,
  ints,
  type Lowering,
  pad,
  reshape,
  sameShape,
  scalar,
  slice,
  splitV,
  transpose,
} from './lowering-shapes.ts';

const { assertAndGetBroadcastShape, computeOutAndReduceShapes } = tf.backend_util;
const { parseAxisParam } = tf.util;

function unary(op: string): Lowering {
  return (graph, inputs) => graph.emit(op, [get(inputs, 'x')], get(inputs, 'x'));
}

function cast(graph: Graph, x: Value, dtype: ElementType): Value {
  const code = { float32: 1, int32: 6, int64: 7, bool: 9 }[dtype];
  return x.dtype === dtype ? x : graph.emit('Cast', [x], { shape: x.shape, dtype }, { to: code });
}

/** Broadcasting arithmetic. A constant that repeats the neutral element costs nothing, another uniform one is a scalar. */
function binary(op: string, neutral: { a?: number; b?: number } = {}): Lowering {
  return (graph, inputs) => {
    const a = get(inputs, 'a');
    const b = get(inputs, 'b');
    const shape = assertAndGetBroadcastShape([...a.shape], [...b.shape]);
    if (b.uniform !== undefined && b.uniform === neutral.b) return expand(graph, a, shape);
    if (a.uniform !== undefined && a.uniform === neutral.a) return expand(graph, b, shape);
    const slim = (x: Value, other: Value): Value =>
      x.uniform !== undefined && x.shape.length > 0 && sameShape(other.shape, shape)
        ? scalar(graph, x.uniform, x.dtype)
        : x;
    return graph.emit(op, [slim(a, b), slim(b, a)], { shape, dtype: a.dtype });
  };
}

function comparison(op: string): Lowering {
  return (graph, inputs) => {
    const a = get(inputs, 'a');
    const b = get(inputs, 'b');
    return graph.emit(op, [a, b], { shape: assertAndGetBroadcastShape([...a.shape], [...b.shape]), dtype: 'bool' });
  };
}

/** Reduces over the axes in the kernel's attribute `attribute`, or over all where it has none. */
function reduction(op: string, attribute = 'axis'): Lowering {
  return (graph, inputs, attributes) => {
    const x = get(inputs, 'x');
    const over = (attributes[attribute] as number | number[] | null | undefined) ?? x.shape.map((_, i) => i);
    const axes = parseAxisParam(over, [...x.shape]);
    const keepDims = attributes['keepDims'] === true;
    const [reduced] = computeOutAndReduceShapes([...x.shape], axes);
    const shape = keepDims ? tf.backend_util.expandShapeToKeepDim(reduced ?? [], axes) : (reduced ?? []);
    return graph.emit(op, [x, ints(graph, axes)], { shape, dtype: x.dtype }, { keepdims: keepDims ? 1 : 0 });
  };
}

/**
 * exp(x - max x) / sum, node by node: onnxruntime's own Softmax has a price a row, which is most of it on the short rows of
 * attention.
 */
const softmax: Lowering = (graph, inputs) => {
  const x = get(inputs, 'logits');
  const last = x.shape.length - 1;
  const column = { shape: [...x.shape.slice(0, last), 1], dtype: x.dtype };
  const over = [ints(graph, [last])];
  const high = graph.emit('ReduceMax', [x, ...over], column, { keepdims: 1 });
  const powers = graph.emit('Exp', [graph.emit('Sub', [x, high], x)], x);
  return graph.emit('Div', [powers, graph.emit('ReduceSum', [powers, ...over], column, { keepdims: 1 })], x);
};

/** The first index of the largest value; without 64-bit integers, which GPUs lack, where the graph is for one. */
const argMax: Lowering = (graph, inputs, attributes) => {
  const x = get(inputs, 'x');
  const [axis] = parseAxisParam(attributes['axis'] as number, [...x.shape]) as [number];
  const shape = x.shape.filter((_, i) => i !== axis);
  if (graph.fused) {
    const index = graph.emit('ArgMax', [x], { shape, dtype: 'int64' }, { axis, keepdims: 0 });
    return cast(graph, index, 'int32');
  }
  const extent = x.shape[axis] as number;
  const keep = { shape: x.shape.map((each, i) => (i === axis ? 1 : each)), dtype: x.dtype };
  const high = graph.emit('ReduceMax', [x, ints(graph, [axis])], keep, { keepdims: 1 });
  const hit = cast(graph, graph.emit('Equal', [x, high], { shape: x.shape, dtype: 'bool' }), 'float32');
  const fromEnd = Array.from({ length: extent }, (_, i) => extent - i);
  const column = x.shape.map((_, i) => (i === axis ? extent : 1));
  const ranks = graph.emit('Mul', [hit, graph.constant(fromEnd, column, 'float32')], { ...x, dtype: 'float32' });
  const first = graph.emit('ReduceMax', [ranks, ints(graph, [axis])], { shape, dtype: 'float32' }, { keepdims: 0 });
  const index = graph.emit('Sub', [scalar(graph, extent, 'float32'), first], { shape, dtype: 'float32' });
  return cast(graph, index, 'int32');
};

/** x with its last two axes in the other order. */
function swapped(graph: Graph, x: Value): Value {
  const last = x.shape.length - 1;
  const perm = x.shape.map((_, i) => (i === last ? last - 1 : i === last - 1 ? last : i));
  return transpose(graph, { x }, { perm }) as Value;
}

const batchMatMul: Lowering = (graph, inputs, attributes) => {
  const [transA, transB] = [attributes['transposeA'] === true, attributes['transposeB'] === true];
  const [a, b] = [get(inputs, 'a'), get(inputs, 'b')];
  if (!graph.fused && (transA || transB)) {
    const turned = { a: transA ? swapped(graph, a) : a, b: transB ? swapped(graph, b) : b };
    return batchMatMul(graph, turned, {});
  }
  const rows = a.shape.at(transA ? -1 : -2) as number;
  const columns = b.shape.at(transB ? -2 : -1) as number;
  const batch = assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const out = { shape: [...batch, rows, columns], dtype: a.dtype };
  if (!transA && !transB) return graph.emit('MatMul', [a, b], out);
  const flags: Attributes = { transA: transA ? 1 : 0, transB: transB ? 1 : 0 };
  return graph.emit('FusedMatMul', [a, b], out, flags, MICROSOFT);
};

/** 1 where x > 0, else `alpha` (TensorFlow.js `step`); the gradient of relu. */
const step: Lowering = (graph, inputs, attributes) => {
  const x = get(inputs, 'x');
  const positive = graph.emit('Greater', [x, scalar(graph, 0, x.dtype)], { shape: x.shape, dtype: 'bool' });
  const alpha = (attributes['alpha'] as number | undefined) ?? 0;
  if (alpha === 0) return cast(graph, positive, x.dtype);
  return graph.emit('Where', [positive, scalar(graph, 1, x.dtype), scalar(graph, alpha, x.dtype)], x);
};

const oneHot: Lowering = (graph, inputs, attributes) => {
  const indices = get(inputs, 'indices');
  const depth = attributes['depth'] as number;
  const classes = graph.constant(
    Array.from({ length: depth }, (_, i) => i),
    [depth],
    'int32',
  );
  const shape = [...indices.shape, depth];
  const column = reshape(graph, cast(graph, indices, 'int32'), [...indices.shape, 1]);
  const hit = cast(graph, graph.emit('Equal', [column, classes], { shape, dtype: 'bool' }), 'float32');
  const on = attributes['onValue'] as number;
  const off = attributes['offValue'] as number;
  if (on === 1 && off === 0) return hit;
  const out = { shape, dtype: 'float32' as const };
  const scaled = graph.emit('Mul', [hit, scalar(graph, on - off, 'float32')], out);
  return graph.emit('Add', [scaled, scalar(graph, off, 'float32')], out);
};

const fill = (graph: Graph, shape: readonly number[], value: number, dtype: ElementType): Value =>
  graph.constant([value], shape, dtype);

/** Every TensorFlow.js kernel that can be traced, by its registered name. */
export const lowerings: Readonly<Record<string, Lowering>> = {
  Add: binary('Add', { a: 0, b: 0 }),
  Sub: binary('Sub', { b: 0 }),
  Multiply: binary('Mul', { a: 1, b: 1 }),
  RealDiv: binary('Div', { b: 1 }),
  Maximum: binary('Max'),
  Minimum: binary('Min'),
  Pow: binary('Pow', { b: 1 }),
  Equal: comparison('Equal'),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  LogicalAnd: comparison('And'),
  ClipByValue: (graph, inputs, attributes) => {
    const x = get(inputs, 'x');
    const [low, high] = ['clipValueMin', 'clipValueMax'].map((name) => attributes[name] as number) as [number, number];
    return graph.emit('Clip', [x, scalar(graph, low, x.dtype), scalar(graph, high, x.dtype)], x);
  },
  Neg: unary('Neg'),
  Sqrt: unary('Sqrt'),
  Exp: unary('Exp'),
  Log: unary('Log'),
  Relu: unary('Relu'),
  Square: (graph, inputs) => graph.emit('Mul', [get(inputs, 'x'), get(inputs, 'x')], get(inputs, 'x')),
  Rsqrt: (graph, inputs) => {
    const x = get(inputs, 'x');
    return graph.emit('Reciprocal', [graph.emit('Sqrt', [x], x)], x);
  },
  Step: step,
  Softmax: softmax,
  Sum: reduction('ReduceSum'),
  Mean: reduction('ReduceMean'),
  Max: reduction('ReduceMax', 'reductionIndices'),
  ArgMax: argMax,
  BatchMatMul: batchMatMul,
  Transpose: transpose,
  Reshape: (graph, inputs, attributes) => {
    const x = get(inputs, 'x');
    const shape = attributes['shape'] as number[];
    return reshape(graph, x, tf.util.inferFromImplicitShape(shape, tf.util.sizeFromShape([...x.shape])));
  },
  ExpandDims: (graph, inputs, attributes) => {
    const x = get(inputs, 'input');
    const dim = attributes['dim'] as number;
    const at = dim < 0 ? dim + x.shape.length + 1 : dim;
    return reshape(graph, x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
  },
  Slice: slice,
  SplitV: splitV,
  Concat: concat,
  GatherV2: gather,
  PadV2: pad,
  Tile: (graph, inputs, attributes) => {
    const x = get(inputs, 'x');
    const reps = attributes['reps'] as number[];
    const shape = x.shape.map((extent, i) => extent * (reps[i] as number));
    return graph.emit('Tile', [x, ints(graph, reps)], { shape, dtype: x.dtype });
  },
  Identity: (_graph, inputs) => get(inputs, 'x'),
  Cast: (graph, inputs, attributes) => cast(graph, get(inputs, 'x'), attributes['dtype'] as ElementType),
  OneHot: oneHot,
  Fill: (graph, _inputs, attributes) =>
    fill(
      graph,
      attributes['shape'] as number[],
      attributes['value'] as number,
      (attributes['dtype'] as ElementType | undefined) ?? 'float32',
    ),
  ZerosLike: (graph, inputs) => fill(graph, get(inputs, 'x').shape, 0, get(inputs, 'x').dtype),
  OnesLike: (graph, inputs) => fill(graph, get(inputs, 'x').shape, 1, get(inputs, 'x').dtype),
  AddN: (graph, inputs) => Object.values(inputs).reduce((sum, each) => graph.emit('Add', [sum, each], sum)),
};
