/**
 * What zeros in weights are worth, as data (docs/method/what-if.md, WHAT-4): which silicon under which runtime skips or
 * packs them, in which layers. Everything else multiplies by zero as by any other number.
 */
import type { Arithmetic } from '../../graph/precision.ts'
import type { OperatorClass } from '../../graph/summary.ts'
import type { UnitKind } from '../../hardware/device.ts'

export interface SparsityRule {
  readonly kinds: readonly UnitKind[]
  /** Beginnings of silicon families; `null` = all of the kind. */
  readonly families: readonly string[] | null
  readonly runtimes: readonly string[]
  readonly arithmetics: readonly Arithmetic[]
  readonly classes: readonly OperatorClass[]
  /** Windows of one element only. */
  readonly pointwise: boolean
  /** `2:4` along the summed axis, or zeros anywhere. */
  readonly pattern: '2:4' | 'any'
  /** Below it the runtime takes its dense kernels. */
  readonly leastZeroShare: number
  /** MACs left, as a share of the dense ones at the dense kernels' efficiency. */
  readonly macShare: (zeroShare: number) => number
  /** Bytes left, as a share of the dense weights; indices included. */
  readonly byteShare: (zeroShare: number, weightBits: number) => number
  readonly source: string
}

const products: readonly OperatorClass[] = ['convolution', 'fully-connected']

/** Two bits say which of four neighbours each kept weight is. */
const twoOfFourBytes = (_: number, weightBits: number): number => (2 * weightBits + 2 * 2) / (4 * weightBits)

/** Share of the dense efficiency that gathering kernels reach **(default)**: 90 % zeros gave 1.3 to 2.4× end to end. */
const gatherReach = 0.4

export const sparsityRules: readonly SparsityRule[] = [
  {
    kinds: ['gpu'],
    families: ['ampere', 'ada', 'hopper', 'blackwell'],
    runtimes: ['tensorrt', 'onnxruntime-tensorrt', 'tensorrt-llm'],
    arithmetics: ['fp16', 'bf16', 'fp8', 'int8'],
    classes: products,
    pointwise: false,
    pattern: '2:4',
    leastZeroShare: 0.5,
    macShare: () => 0.5,
    byteShare: twoOfFourBytes,
    source: 'arXiv:2104.08378; TensorRT developer guide, "Structured sparsity"',
  },
  {
    kinds: ['ethos-u'],
    families: ['ethos-u85'],
    runtimes: ['tflite-ethosu'],
    arithmetics: ['int8'],
    classes: products,
    pointwise: false,
    pattern: '2:4',
    leastZeroShare: 0.5,
    macShare: () => 0.5,
    byteShare: twoOfFourBytes,
    source: 'Arm Ethos-U85 technical overview, "2:4 weight sparsity"',
  },
  {
    kinds: ['ethos-u'],
    families: null,
    runtimes: ['tflite-ethosu'],
    arithmetics: ['int8'],
    classes: [...products, 'depthwise-convolution'],
    pointwise: false,
    pattern: 'any',
    leastZeroShare: 0.2,
    macShare: () => 1,
    // The weight stream is entropy coded: a zero costs a fraction of a bit, the others keep theirs.
    byteShare: (zeroShare) => Math.min(1, 1 - zeroShare + 0.1),
    source: 'ethos-u-vela, "mlw_codec": compressed weight stream',
  },
  {
    kinds: ['cpu-simd'],
    families: null,
    runtimes: ['xnnpack', 'tflite-xnnpack', 'tflite', 'executorch-xnnpack'],
    arithmetics: ['fp32', 'fp16'],
    classes: ['convolution'],
    pointwise: true,
    pattern: 'any',
    leastZeroShare: 2 / 3,
    macShare: (zeroShare) => Math.min(1, (1 - zeroShare) / gatherReach),
    // Every kept weight carries the 32-bit step to the next input.
    byteShare: (zeroShare, weightBits) => ((1 - zeroShare) * (weightBits + 32)) / weightBits,
    source: 'arXiv:1911.09723; tensorflow/lite/delegates/xnnpack/README.md, "Sparse inference"',
  },
  {
    kinds: ['cpu-simd'],
    families: ['sapphire-rapids', 'emerald-rapids', 'granite-rapids'],
    runtimes: ['openvino'],
    arithmetics: ['int8'],
    classes: ['fully-connected'],
    pointwise: false,
    pattern: 'any',
    leastZeroShare: 0.8,
    macShare: () => 1,
    // One bit per weight says which are kept.
    byteShare: (zeroShare, weightBits) => 1 - zeroShare + 1 / weightBits,
    source: 'OpenVINO documentation, "Sparse weights decompression (x86-64)"',
  },
]
