/** MobileNetV2 1.0 224 as its quantized TFLite file: Sandler et al., table 2, with 1,001 classes and weights of zeros. */
import { i8, i32 } from './build-flatbuffer.ts'
import { graphModel, int32s, type NodeSpec, type TensorSpec } from './build-tflite.ts'

/** Expansion, output channels, repeats, stride of the first. */
const bottlenecks = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const
const classes = 1001
const relu6 = 3

export function mobilenetV2(): Uint8Array {
  const tensors: TensorSpec[] = []
  const nodes: NodeSpec[] = []
  const tensor = (spec: TensorSpec) =>
    tensors.push({ name: `t${tensors.length}`, scales: [1], zeroPoints: [0], ...spec }) - 1
  const activation = (shape: readonly number[]) => tensor({ type: 'uint8', shape })
  const shapeOf = (index: number) => tensors[index]?.shape ?? []
  const node = (op: string, inputs: readonly number[], shape: readonly number[], options?: NodeSpec['options']) => {
    const output = activation(shape)
    nodes.push(options === undefined ? { op, inputs, outputs: [output] } : { op, inputs, outputs: [output], options })
    return output
  }
  const convolve = (x: number, weight: readonly number[], channels: number, stride: number, isClamped: boolean) => {
    const [batch = 1, height = 1, width = 1] = shapeOf(x)
    const isDepthwise = weight[0] === 1 && channels !== 1
    const w = tensor({ type: 'uint8', shape: weight, data: new Uint8Array(weight.reduce((a, b) => a * b, 1)) })
    const b = tensor({ type: 'int32', shape: [channels], data: new Uint8Array(4 * channels) })
    const fused = i8(isDepthwise ? 4 : 3, isClamped ? relu6 : 0)
    const multiplier = isDepthwise ? [i32(3, 1)] : []
    return node(
      isDepthwise ? 'DEPTHWISE_CONV_2D' : 'CONV_2D',
      [x, w, b],
      [batch, Math.ceil(height / stride), Math.ceil(width / stride), channels],
      [i32(1, stride), i32(2, stride), ...multiplier, fused],
    )
  }
  const channelsOf = (x: number) => shapeOf(x).at(-1) ?? 0
  const pointwise = (x: number, channels: number, isClamped: boolean) =>
    convolve(x, [channels, 1, 1, channelsOf(x)], channels, 1, isClamped)

  const image = activation([1, 224, 224, 3])
  let x = convolve(image, [32, 3, 3, 3], 32, 2, true)
  for (const [expansion, channels, repeats, firstStride] of bottlenecks) {
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const stride = repeat === 0 ? firstStride : 1
      const expanded = expansion === 1 ? x : pointwise(x, expansion * channelsOf(x), true)
      const wide = channelsOf(expanded)
      const projected = pointwise(convolve(expanded, [1, 3, 3, wide], wide, stride, true), channels, false)
      x = repeat === 0 ? projected : node('ADD', [x, projected], shapeOf(projected))
    }
  }
  const pooled = node(
    'AVERAGE_POOL_2D',
    [pointwise(x, 1280, true)],
    [1, 1, 1, 1280],
    [i8(0, 1), i32(1, 2), i32(2, 2), i32(3, 7), i32(4, 7)],
  )
  const logits = pointwise(pooled, classes, false)
  const shape = tensors.push({ name: 'shape', type: 'int32', shape: [2], data: int32s(1, classes) }) - 1
  const output = node('SOFTMAX', [node('RESHAPE', [logits, shape], [1, classes])], [1, classes])
  return graphModel({ tensors, inputs: [image], outputs: [output], nodes })
}
