/** Graph summaries made in code: a builder that counts like the graph stage does, and a few networks. */
import type {
  ConstantSummary,
  GraphSummary,
  OperatorClass,
  OperatorSummary,
  TensorRole,
  TensorSummary,
} from '../../simulator/graph/summary.ts'

type Shape = readonly number[]

/** Appends operators in execution order; tensors are handles. Activations NCHW. */
export class SummaryBuilder {
  readonly tensors: TensorSummary[] = []
  readonly constants: ConstantSummary[] = []
  readonly operators: OperatorSummary[] = []

  input(shape: Shape, dtype: TensorSummary['dtype'] = 'float32'): number {
    return this.tensor(shape, 'input', dtype)
  }

  tensor(shape: Shape, role: TensorRole = 'activation', dtype: TensorSummary['dtype'] = 'float32'): number {
    return this.tensors.push({ role, dtype, shape }) - 1
  }

  constant(elements: number, dtype: ConstantSummary['dtype'] = 'float32'): number {
    return this.constants.push({ dtype, elements }) - 1
  }

  /** `shape`: of the single output. Without overrides the operator does nothing but move its operands. */
  operator(
    op: string,
    operatorClass: OperatorClass,
    inputs: number[],
    shape: Shape,
    rest: Partial<OperatorSummary> = {},
  ): number {
    const output = this.tensor(shape)
    this.operators.push({
      name: `${op.toLowerCase()}_${this.operators.length}`,
      op,
      origins: [op],
      class: operatorClass,
      inputs,
      outputs: [output],
      constants: [],
      macs: 0,
      vectorOps: 0,
      gemm: null,
      window: null,
      ...rest,
    })
    return output
  }

  conv(input: number, outputChannels: number, size = 3, stride = 1, groups = 1): number {
    const [batch = 1, channels = 1, height = 1, width = 1] = this.tensors[input]?.shape ?? []
    const rows = Math.ceil(height / stride)
    const columns = Math.ceil(width / stride)
    const k = size * size * (channels / groups)
    const m = batch * rows * columns
    const isDepthwise = groups === channels && groups > 1
    return this.operator(
      'Conv',
      isDepthwise ? 'depthwise-convolution' : 'convolution',
      [input],
      [batch, outputChannels, rows, columns],
      {
        constants: [this.constant(outputChannels * k), this.constant(outputChannels)],
        macs: m * outputChannels * k,
        gemm: { m, n: outputChannels / groups, k, repeat: groups },
        window: {
          kernel: [size, size],
          stride: [stride, stride],
          dilation: [1, 1],
          groups,
          inputChannels: channels,
          outputChannels,
        },
      },
    )
  }

  relu(input: number): number {
    const shape = this.tensors[input]?.shape ?? []
    return this.operator('Relu', 'activation', [input], shape, { vectorOps: count(shape) })
  }

  add(a: number, b: number): number {
    const shape = this.tensors[a]?.shape ?? []
    return this.operator('Add', 'elementwise', [a, b], shape, { vectorOps: count(shape) })
  }

  globalPool(input: number): number {
    const shape = this.tensors[input]?.shape ?? []
    return this.operator('GlobalAveragePool', 'pooling', [input], [...shape.slice(0, 2), 1, 1], {
      vectorOps: count(shape),
    })
  }

  flatten(input: number): number {
    const [batch = 1, ...rest] = this.tensors[input]?.shape ?? []
    return this.operator('Flatten', 'view', [input], [batch, count(rest)])
  }

  fullyConnected(input: number, outputs: number): number {
    const [batch = 1, features = 1] = this.tensors[input]?.shape ?? []
    return this.operator('Gemm', 'fully-connected', [input], [batch, outputs], {
      constants: [this.constant(features * outputs), this.constant(outputs)],
      macs: batch * features * outputs,
      gemm: { m: batch, n: outputs, k: features, repeat: 1 },
    })
  }

  matmul(a: number, b: number): number {
    const [batch = 1, m = 1, k = 1] = this.tensors[a]?.shape ?? []
    const n = this.tensors[b]?.shape.at(-1) ?? 1
    return this.operator('MatMul', 'matmul', [a, b], [batch, m, n], {
      macs: batch * m * n * k,
      gemm: { m, n, k, repeat: batch },
    })
  }

  /** Marks `outputs` as leaving the graph. */
  build(name: string, outputs: readonly number[], batch = 1): GraphSummary {
    const tensors = this.tensors.map(
      (tensor, index): TensorSummary => (outputs.includes(index) ? { ...tensor, role: 'output' } : tensor),
    )
    return { version: 2, name, batch, tensors, constants: this.constants, operators: this.operators }
  }
}

function count(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** MobileNet-like: a stem, `blocks` depthwise-separable blocks, a classifier. About 4·blocks + 6 operators. */
export function separableNet(blocks = 13, size = 224, width = 32): GraphSummary {
  const b = new SummaryBuilder()
  let x = b.relu(b.conv(b.input([1, 3, size, size]), width, 3, 2))
  let channels = width
  for (let i = 0; i < blocks; i++) {
    const stride = i % 4 === 1 ? 2 : 1
    x = b.relu(b.conv(x, channels, 3, stride, channels))
    channels = stride === 2 ? channels * 2 : channels
    x = b.relu(b.conv(x, channels, 1))
  }
  return b.build('separable', [b.fullyConnected(b.flatten(b.globalPool(x)), 1000)])
}

/** Residual blocks of two 3×3 convolutions: skip connections keep values alive. */
export function residualNet(blocks = 4, size = 32, channels = 16): GraphSummary {
  const b = new SummaryBuilder()
  let x = b.relu(b.conv(b.input([1, 3, size, size]), channels))
  for (let i = 0; i < blocks; i++) {
    const inner = b.conv(b.relu(b.conv(x, channels)), channels)
    x = b.relu(b.add(inner, x))
  }
  return b.build('residual', [b.fullyConnected(b.flatten(b.globalPool(x)), 10)])
}

/** One operator nobody knows between two convolutions. */
export function netWithUnknownOperator(): GraphSummary {
  const b = new SummaryBuilder()
  const x = b.conv(b.input([1, 3, 32, 32]), 16)
  const y = b.operator('com.example.Mystery', 'unknown', [x], [1, 16, 32, 32], { macs: null, vectorOps: null })
  return b.build('unknown', [b.conv(y, 8)])
}
