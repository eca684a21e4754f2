import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProto_DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import { sizeOf } from '../engine.ts';

export type ElementType = 'float32' | 'int32' | 'int64' | 'bool';

/** A tensor in the graph: the output of a node, an input, or a constant. */
export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  /** The one number that a constant repeats, where it does: lets the lowering drop neutral operations. */
  readonly uniform?: number;
}

export type Attributes = Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;

/** Inputs and outputs share one name space in ONNX and may have the same name here. */
export const inputName = (name: string): string => `in/${name}`;
export const outputName = (name: string): string => `out/${name}`;

export interface Node {
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly attributes: Attributes;
}

interface Constant {
  readonly value: Value;
  readonly bytes: Uint8Array;
}

const OPSET = 18n;
const IR_VERSION = 10n;
export const MICROSOFT = 'com.microsoft';

const elementTypes: Record<ElementType, TensorProto_DataType> = {
  float32: TensorProto_DataType.FLOAT,
  int32: TensorProto_DataType.INT32,
  int64: TensorProto_DataType.INT64,
  bool: TensorProto_DataType.BOOL,
};

/** An ONNX graph under construction. Equal nodes are made once; nodes that no output needs are left out when written. */
export class Graph {
  /** Whether the runtime multiplies transposed matrices in one operation of its own. */
  readonly fused: boolean;
  readonly #inputs: Value[] = [];
  readonly #nodes: Node[] = [];
  readonly #constants = new Map<string, Constant>();
  readonly #known = new Map<string, Value>();
  readonly #reshaped = new Map<string, Value>();

  constructor(fused = true) {
    this.fused = fused;
  }

  input(name: string, shape: readonly number[], dtype: ElementType): Value {
    const value: Value = { name: inputName(name), shape, dtype };
    this.#inputs.push(value);
    return value;
  }

  /** A constant of `numbers` (row-major); one number stands for a tensor filled with it. */
  constant(numbers: ArrayLike<number>, shape: readonly number[], dtype: ElementType): Value {
    const size = sizeOf(shape);
    const first = numbers[0] ?? 0;
    let uniform = size > 0;
    for (let i = 1; i < numbers.length && uniform; i++) uniform = numbers[i] === first;
    const full = numbers.length === size ? numbers : new Array<number>(size).fill(first);
    const bytes = encode(full, dtype);
    const key = `${dtype}[${shape}]${Buffer.from(bytes).toString('latin1')}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known.value;
    const name = `c${this.#constants.size}`;
    const value: Value = uniform ? { name, shape, dtype, uniform: first } : { name, shape, dtype };
    this.#constants.set(key, { value, bytes });
    return value;
  }

  /** The output of `op` applied to `inputs`; an equal node that exists already is used again. */
  emit(
    op: string,
    inputs: readonly Value[],
    out: { readonly shape: readonly number[]; readonly dtype: ElementType },
    attributes: Attributes = {},
    domain = '',
  ): Value {
    const key = JSON.stringify([domain, op, inputs.map((input) => input.name), attributes, out.shape, out.dtype]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const output: Value = { name: `v${this.#nodes.length}`, shape: [...out.shape], dtype: out.dtype };
    this.#nodes.push({ op, domain, inputs, output, attributes });
    this.#known.set(key, output);
    if (op === 'Reshape') this.#reshaped.set(output.name, inputs[0] as Value);
    return output;
  }

  /** What a value was before it was reshaped, or undefined where it is no output of a Reshape. */
  beforeReshape(value: Value): Value | undefined {
    return this.#reshaped.get(value.name);
  }

  /** The ONNX model file (opset 18 and com.microsoft 1) with the given outputs, in order, under the given names. */
  model(outputs: Readonly<Record<string, Value>>): Uint8Array {
    const named = Object.entries(outputs).map(([name, value]) => [outputName(name), value] as const);
    const nodes = this.nodesFor(named.map(([, value]) => value));
    const used = new Set(nodes.flatMap((node) => node.inputs.map((input) => input.name)));
    for (const [, value] of named) used.add(value.name);
    // A node that makes an output bears its name; what is an input, a constant or an output twice is copied.
    const made = new Set(nodes.map(({ output }) => output.name));
    const nameOf = new Map(
      named.filter(([, value]) => made.has(value.name)).map(([name, value]) => [value.name, name]),
    );
    const graph = create(GraphProtoSchema, {
      name: 'spillover',
      input: this.#inputs.map((value) => valueInfo(value.name, value)),
      output: named.map(([name, value]) => valueInfo(name, value)),
      initializer: [...this.#constants.values()]
        .filter(({ value }) => used.has(value.name))
        .map(({ value, bytes }) =>
          create(TensorProtoSchema, {
            name: value.name,
            dims: value.shape.map(BigInt),
            dataType: elementTypes[value.dtype],
            rawData: bytes as Uint8Array<ArrayBuffer>,
          }),
        ),
      node: [
        ...nodes.map((node) => nodeProto(node, ({ name }) => nameOf.get(name) ?? name)),
        ...named
          .filter(([name, value]) => nameOf.get(value.name) !== name)
          .map(([name, value]) => {
            const input = [nameOf.get(value.name) ?? value.name];
            return create(NodeProtoSchema, { opType: 'Identity', input, output: [name] });
          }),
      ],
    });
    const model = create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      producerName: 'spillover',
      opsetImport: [
        create(OperatorSetIdProtoSchema, { domain: '', version: OPSET }),
        create(OperatorSetIdProtoSchema, { domain: MICROSOFT, version: 1n }),
      ],
      graph,
    });
    return toBinary(ModelProtoSchema, model);
  }

  /** The nodes that `outputs` need, in an order that computes them. */
  nodesFor(outputs: readonly Value[]): Node[] {
    const wanted = new Set(outputs.map((value) => value.name));
    const kept: Node[] = [];
    for (const node of this.#nodes.toReversed()) {
      if (!wanted.has(node.output.name)) continue;
      kept.push(node);
      for (const input of node.inputs) wanted.add(input.name);
    }
    return kept.reverse();
  }
}

function encode(numbers: ArrayLike<number>, dtype: ElementType): Uint8Array {
  if (dtype === 'float32') return new Uint8Array(Float32Array.from(numbers).buffer);
  if (dtype === 'int32') return new Uint8Array(Int32Array.from(numbers).buffer);
  if (dtype === 'bool') return Uint8Array.from(numbers);
  return new Uint8Array(BigInt64Array.from(Array.from(numbers, BigInt)).buffer);
}

function valueInfo(name: string, { shape, dtype }: Value): ValueInfoProto {
  const dim = shape.map((extent) =>
    create(TensorShapeProto_DimensionSchema, { value: { case: 'dimValue', value: BigInt(extent) } }),
  );
  const tensorType = create(TypeProto_TensorSchema, {
    elemType: elementTypes[dtype],
    shape: create(TensorShapeProtoSchema, { dim }),
  });
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, { value: { case: 'tensorType', value: tensorType } }),
  });
}

function nodeProto({ op, domain, inputs, output, attributes }: Node, nameOf: (value: Value) => string): NodeProto {
  return create(NodeProtoSchema, {
    opType: op,
    domain,
    input: inputs.map(nameOf),
    output: [nameOf(output)],
    attribute: Object.entries(attributes).map(([name, attribute]) => {
      if (typeof attribute === 'number') {
        return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INT, i: BigInt(attribute) });
      }
      if ('float' in attribute) {
        return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.FLOAT, f: attribute.float });
      }
      return create(AttributeProtoSchema, {
        name,
        type: AttributeProto_AttributeType.INTS,
        ints: attribute.map(BigInt),
      });
    }),
  });
}
