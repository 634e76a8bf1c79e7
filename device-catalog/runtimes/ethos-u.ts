/** TensorFlow Lite with Vela on Ethos-U, ExecuTorch with Ethos-U. */
import type { SparsityRule } from '../../simulator/hardware/sparsity-rule.ts'
import type { SupportLimit, SupportTable } from '../../simulator/hardware/support-table.ts'
import { defineRuntimes } from './define.ts'
import { denseMacs, halfTheMacs, twoOfFourBytes } from './sparsity.ts'
import { lacking, set, tfliteOnProcessor } from './support.ts'

const convolutionStride = 'strides go from 1 to 3'
const velaLimits: readonly SupportLimit[] = [
  { operation: 'convolution', of: 'stride', most: 3, reason: convolutionStride },
  { operation: 'convolution', of: 'kernel', most: 64, reason: 'kernels are at most 64 high' },
  { operation: 'convolution', of: 'kernelArea', most: 64 * 64, reason: 'kernels cover at most 4096 positions' },
  { operation: 'max-pooling', of: 'kernel', most: 256, reason: 'pooling windows are at most 256 high' },
]

const vela: SupportTable = {
  id: 'vela',
  title: 'Vela for Ethos-U',
  unitKinds: ['ethos-u'],
  arithmetic: null,
  version: '3.x',
  status: 'recalled',
  source: 'https://gitlab.arm.com/artificial-intelligence/ethos-u/ethos-u-vela/-/blob/main/SUPPORTED_OPS.md',
  supported: set(
    'absolute',
    'add',
    'arg-maximum',
    'average-pooling',
    'concatenate',
    'convolution',
    'exponential',
    'fully-connected',
    'hard-swish',
    'leaky-relu',
    'sigmoid',
    'swish', // as a sigmoid and a product
    'maximum',
    'max-pooling',
    'mean',
    'minimum',
    'pad',
    'multiply',
    'prelu',
    'quantize',
    'relu',
    'bounded-relu',
    'resize',
    'reciprocal-square-root',
    'shape',
    'slice',
    'softmax',
    'split',
    'squared-difference',
    'subtract',
    'tanh',
    'transpose',
    'transposed-convolution',
    'lstm',
    'batch-normalization',
    'accelerator-program',
  ),
  unsupported: lacking(
    'Vela leaves it to the processor',
    'custom',
    'dequantize',
    'gather',
    'top-k',
    'elu',
    'power',
    'sum',
  ),
  unlisted: 'unsupported',
  limits: velaLimits,
  partitions: { kind: 'every' },
  fallbackRuntimes: ['tflm', ...tfliteOnProcessor],
  fallbackPrecision: null,
}

const twoOfFour: SparsityRule = {
  kinds: ['ethos-u'],
  families: ['ethos-u85'],
  arithmetics: ['int8'],
  classes: ['convolution', 'fully-connected'],
  pointwise: false,
  pattern: '2:4',
  leastZeroShare: 0.5,
  macs: halfTheMacs,
  bytes: twoOfFourBytes,
  source: 'Arm Ethos-U85 technical overview, "2:4 weight sparsity"',
}

const compressedStream: SparsityRule = {
  kinds: ['ethos-u'],
  families: null,
  arithmetics: ['int8'],
  classes: ['convolution', 'fully-connected', 'depthwise-convolution'],
  pointwise: false,
  pattern: 'any',
  leastZeroShare: 0.2,
  macs: denseMacs,
  // The weight stream is entropy coded: a zero costs a fraction of a bit, the others keep theirs.
  bytes: { keptShare: null, indexBitsPerKept: 0, indexBitsPerWeight: 0, codingShare: 0.1 },
  source: 'ethos-u-vela, "mlw_codec": compressed weight stream',
}

export const ethosURuntimes = defineRuntimes({
  'tflite-ethosu': {
    name: 'TensorFlow Lite with Vela on Ethos-U',
    aliases: ['tflite-ethosu-delegate (vela)', 'TFLite-Micro+Vela', 'TFLite-Micro + Vela'],
    drives: { 'ethos-u': ['int8', 'int8-w8a16'] },
    fusion: 'compiler',
    baseMb: 4,
    support: [vela],
    preparation: 'ahead-of-time',
    sparsity: [twoOfFour, compressedStream],
  },
  'executorch-ethosu': {
    name: 'ExecuTorch with Ethos-U',
    aliases: ['ExecuTorch Ethos-U', 'ExecuTorch'],
    drives: { 'ethos-u': ['int8'] },
    fusion: 'compiler',
    support: [vela],
    preparation: 'ahead-of-time',
  },
})
