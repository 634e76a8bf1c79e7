/**
 * Output shapes of the operators that the zoo emits, all sizes static.
 */
import type { DType } from '../graph/dtype.ts'
import type { Attribute, Constant } from '../graph/graph.ts'

interface Described {
  readonly name: string
  readonly dtype: DType
  readonly shape: readonly number[]
}

type Attributes = Readonly<Record<string, Attribute>>
type Output = { readonly shape: readonly number[]; readonly dtype: DType }

/** Shapes and dtypes of the outputs of one node. Throws for an operator without a rule: add it here. */
export function outputShapes(
  op: string,
  inputs: readonly (Described | null)[],
  attributes: Attributes,
  outputs: number,
  constants: ReadonlyMap<string, Constant>,
): readonly Output[] {
  const x = inputs[0]
  if (x === null || x === undefined) throw new Error(`${op} without a first input`)
  const input = (index: number): Described => {
    const value = inputs[index]
    if (value === null || value === undefined) throw new Error(`${op} without input ${index}`)
    return value
  }
  const elements = (index: number): readonly number[] => {
    const known = constants.get(input(index).name)?.elements
    if (known === null || known === undefined) throw new Error(`${op}: input ${index} is not a known constant`)
    return known
  }
  const one = (shape: readonly number[], dtype: DType = x.dtype): readonly Output[] => [{ shape, dtype }]
  const rank = x.shape.length
  const axisOf = (axis: number): number => (axis < 0 ? axis + rank : axis)

  switch (op) {
    case 'Conv':
      return one([at(x.shape, 0), at(input(1).shape, 0), ...windows(x.shape.slice(2), attributes)])
    case 'MaxPool':
    case 'AveragePool':
      return one([...x.shape.slice(0, 2), ...windows(x.shape.slice(2), attributes)])
    case 'ConvTranspose': {
      const channels = at(input(1).shape, 1) * int(attributes, 'group', 1)
      return one([at(x.shape, 0), channels, ...transposedWindows(x.shape.slice(2), attributes)])
    }
    case 'GlobalAveragePool':
    case 'GlobalMaxPool':
      return one([...x.shape.slice(0, 2), ...x.shape.slice(2).map(() => 1)])
    case 'Gemm': {
      const m = at(x.shape, int(attributes, 'transA', 0) === 1 ? 1 : 0)
      return one([m, at(input(1).shape, int(attributes, 'transB', 0) === 1 ? 0 : 1)])
    }
    case 'MatMul': {
      const b = input(1).shape
      const batch = broadcast(x.shape.slice(0, -2), b.slice(0, -2))
      if (at(x.shape, rank - 1) !== at(b, b.length - 2)) throw new Error(`MatMul of [${x.shape}] and [${b}]`)
      return one([...batch, at(x.shape, rank - 2), at(b, b.length - 1)])
    }
    case 'Add':
    case 'Sub':
    case 'Mul':
    case 'Div':
    case 'Pow':
      return one(broadcast(x.shape, input(1).shape))
    case 'Equal':
    case 'Greater':
    case 'Less':
    case 'GreaterOrEqual':
    case 'LessOrEqual':
      return one(broadcast(x.shape, input(1).shape), 'bool')
    case 'Where':
      return one(broadcast(broadcast(x.shape, input(1).shape), input(2).shape), input(1).dtype)
    case 'Reshape':
      return one(reshaped(x.shape, elements(1)))
    case 'Flatten': {
      const axis = axisOf(int(attributes, 'axis', 1))
      return one([product(x.shape.slice(0, axis)), product(x.shape.slice(axis))])
    }
    case 'Transpose':
      return one(ints(attributes, 'perm').map((axis) => at(x.shape, axis)))
    case 'Concat': {
      const axis = axisOf(int(attributes, 'axis', 0))
      const total = inputs.reduce((sum, _, index) => sum + at(input(index).shape, axis), 0)
      return one(x.shape.with(axis, total))
    }
    case 'Split': {
      const axis = axisOf(int(attributes, 'axis', 0))
      const sizes = elements(1)
      if (sizes.reduce((sum, size) => sum + size, 0) !== at(x.shape, axis)) throw new Error(`Split of [${x.shape}]`)
      return Array.from({ length: outputs }, (_, index) => ({
        shape: x.shape.with(axis, at(sizes, index)),
        dtype: x.dtype,
      }))
    }
    case 'Slice': {
      const shape = [...x.shape]
      const steps = inputs.length > 4 ? elements(4) : []
      elements(3).forEach((rawAxis, index) => {
        const axis = axisOf(rawAxis)
        const size = at(x.shape, axis)
        const clamp = (bound: number) => Math.min(size, Math.max(0, bound < 0 ? bound + size : bound))
        shape[axis] = Math.ceil((clamp(at(elements(2), index)) - clamp(at(elements(1), index))) / (steps[index] ?? 1))
      })
      return one(shape)
    }
    case 'Gather': {
      const axis = axisOf(int(attributes, 'axis', 0))
      return one([...x.shape.slice(0, axis), ...input(1).shape, ...x.shape.slice(axis + 1)])
    }
    case 'Squeeze': {
      const axes = elements(1).map(axisOf)
      return one(x.shape.filter((_, axis) => !axes.includes(axis)))
    }
    case 'Unsqueeze': {
      const axes = elements(1)
      const shape = [...x.shape]
      for (const axis of axes) shape.splice(axis < 0 ? axis + rank + axes.length : axis, 0, 1)
      return one(shape)
    }
    case 'Expand':
      return one(broadcast(x.shape, elements(1)))
    case 'Pad': {
      const pads = elements(1)
      return one(x.shape.map((size, axis) => size + at(pads, axis) + at(pads, axis + rank)))
    }
    case 'ReduceMean':
    case 'ReduceSum':
    case 'ReduceMax': {
      const axes = elements(1).map(axisOf)
      const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
      return one(int(attributes, 'keepdims', 1) === 1 ? kept : kept.filter((_, axis) => !axes.includes(axis)))
    }
    case 'Cast':
      return one(x.shape, int(attributes, 'to', 1) === 1 ? 'float32' : 'int64')
    case 'Resize':
      return one(elements(3))
    case 'DepthToSpace': {
      const block = int(attributes, 'blocksize', 1)
      const [n, c, h, w] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2), at(x.shape, 3)]
      return one([n, c / (block * block), h * block, w * block])
    }
    default:
      if (!sameShape.has(op)) throw new Error(`no shape rule for ${op}`)
      return one(x.shape)
  }
}

const sameShape = new Set([
  'BatchNormalization',
  'LayerNormalization',
  'GroupNormalization',
  'InstanceNormalization',
  'LpNormalization',
  'LRN',
  'Relu',
  'LeakyRelu',
  'PRelu',
  'Clip',
  'Sigmoid',
  'HardSigmoid',
  'HardSwish',
  'Tanh',
  'Mish',
  'Gelu',
  'Erf',
  'Exp',
  'Log',
  'Sqrt',
  'Neg',
  'Reciprocal',
  'Softmax',
  'Softplus',
  'Cos',
  'Sin',
])

function at(list: readonly number[], index: number): number {
  const value = list[index]
  if (value === undefined) throw new Error(`no element ${index} in [${list}]`)
  return value
}

function ints(attributes: Attributes, name: string): readonly number[] {
  const value = attributes[name]
  if (!Array.isArray(value)) throw new Error(`attribute ${name} is not a list`)
  return value
}

function int(attributes: Attributes, name: string, otherwise: number): number {
  const value = attributes[name]
  return typeof value === 'number' ? value : otherwise
}

const product = (list: readonly number[]): number => list.reduce((total, value) => total * value, 1)

function windows(spatial: readonly number[], attributes: Attributes): readonly number[] {
  const kernel = ints(attributes, 'kernel_shape')
  const strides = ints(attributes, 'strides')
  const pads = ints(attributes, 'pads')
  const dilations = attributes['dilations'] === undefined ? kernel.map(() => 1) : ints(attributes, 'dilations')
  const ceil = int(attributes, 'ceil_mode', 0) === 1
  return spatial.map((size, axis) => {
    const begin = at(pads, axis)
    const reach = at(dilations, axis) * (at(kernel, axis) - 1) + 1
    const room = size + begin + at(pads, axis + spatial.length) - reach
    if (!ceil) return Math.floor(room / at(strides, axis)) + 1
    const count = Math.ceil(room / at(strides, axis)) + 1
    // A window may not start inside the end padding.
    return (count - 1) * at(strides, axis) >= size + begin ? count - 1 : count
  })
}

function transposedWindows(spatial: readonly number[], attributes: Attributes): readonly number[] {
  const kernel = ints(attributes, 'kernel_shape')
  const dilations = ints(attributes, 'dilations')
  const pads = ints(attributes, 'pads')
  return spatial.map((size, axis) => {
    const reach = at(dilations, axis) * (at(kernel, axis) - 1) + 1
    const grown = at(ints(attributes, 'strides'), axis) * (size - 1) + at(ints(attributes, 'output_padding'), axis)
    return grown + reach - at(pads, axis) - at(pads, axis + spatial.length)
  })
}

function broadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    if (left !== right && left !== 1 && right !== 1) throw new Error(`[${a}] does not broadcast with [${b}]`)
    return left === 1 ? right : left
  })
}

function reshaped(from: readonly number[], to: readonly number[]): readonly number[] {
  const copied = to.map((size, axis) => (size === 0 ? at(from, axis) : size))
  const known = product(copied.filter((size) => size !== -1))
  const shape = copied.map((size) => (size === -1 ? product(from) / known : size))
  if (product(shape) !== product(from)) throw new Error(`[${from}] cannot be reshaped to [${to}]`)
  return shape
}
