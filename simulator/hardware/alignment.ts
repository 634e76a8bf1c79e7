/**
 * Utilisation from dimension alignment (docs/method/alignment.md, ALN-1):
 *
 *     U = Π_i d_i / (u_i · ⌈d_i / u_i⌉)
 *
 * d_i is a dimension the hardware works on in parallel, u_i its width. Computed, never fitted.
 */
import type { Kernel } from '../cost/kernel.ts'
import type { Arithmetic } from '../graph/precision.ts'
import type { ComputeUnit, UnitKind } from './device.ts'

/** A loss of utilisation in words an engineer acts on: "channels 40 → 64: 37.5 % idle". */
export interface UtilisationLoss {
  readonly dimension: string
  readonly size: number
  readonly alignedTo: number
  readonly idleShare: number
}

/** Widths of the two channel dimensions; 1 = any size runs at full rate. */
export interface Alignment {
  readonly outputChannels: number
  readonly inputChannels: number
}

/** Widths by kind **(defaults)** for 8-bit operands: vendor guides and chip papers as listed in docs/method/alignment.md. */
const defaults: Readonly<Record<UnitKind, Alignment>> = {
  'cpu-simd': { outputChannels: 8, inputChannels: 1 },
  gpu: { outputChannels: 8, inputChannels: 8 },
  npu: { outputChannels: 16, inputChannels: 16 },
  'hexagon-htp': { outputChannels: 32, inputChannels: 32 },
  'apple-neural-engine': { outputChannels: 16, inputChannels: 16 },
  'edge-tpu': { outputChannels: 64, inputChannels: 64 },
  dataflow: { outputChannels: 8, inputChannels: 8 },
  systolic: { outputChannels: 128, inputChannels: 128 },
  dsp: { outputChannels: 32, inputChannels: 4 },
  'fpga-dpu': { outputChannels: 16, inputChannels: 16 },
  'ethos-u': { outputChannels: 8, inputChannels: 8 },
  'mcu-cpu': { outputChannels: 2, inputChannels: 4 },
  'mcu-npu': { outputChannels: 4, inputChannels: 8 },
  'wasm-simd': { outputChannels: 4, inputChannels: 1 },
  'compute-in-memory': { outputChannels: 64, inputChannels: 64 },
}

/** Integer dot products on vector CPUs reduce four at a time. */
const int8Defaults: Partial<Readonly<Record<UnitKind, Alignment>>> = {
  'cpu-simd': { outputChannels: 8, inputChannels: 4 },
  'wasm-simd': { outputChannels: 4, inputChannels: 4 },
}

/** The unit's own widths where published, else its kind's. */
export function alignmentOf(unit: ComputeUnit, arithmetic: Arithmetic): Alignment {
  if (unit.alignment !== null) return unit.alignment
  return (arithmetic === 'int8' ? int8Defaults[unit.kind] : undefined) ?? defaults[unit.kind]
}

/** d / (u · ⌈d/u⌉), in (0, 1]; an empty dimension wastes nothing. */
export function alignedShare(size: number, width: number): number {
  return size === 0 ? 1 : size / (width * Math.ceil(size / width))
}

/**
 * Sizes that channels are laid out in. A first layer with few channels is unrolled over its window (im2col), which
 * every vendor's kernels do, so its reduction is K_h·K_w·C_i; a depthwise kernel has no reduction over channels.
 */
function reductionSize(kernel: Kernel, width: number): number | null {
  const { gemm, window } = kernel
  if (gemm === null) return null
  if (window === null) return gemm.k
  if (kernel.class === 'depthwise-convolution') return null
  const perGroup = window.inputChannels / window.groups
  return perGroup < width ? gemm.k : perGroup
}

function outputSize(kernel: Kernel): number | null {
  if (kernel.gemm === null) return null
  return kernel.class === 'depthwise-convolution' ? (kernel.window?.outputChannels ?? null) : kernel.gemm.n
}

/** U of the kernel, in (0, 1]; 1 where the kernel is no product. */
export function utilisation(kernel: Kernel, alignment: Alignment): number {
  const output = outputSize(kernel)
  const reduction = reductionSize(kernel, alignment.inputChannels)
  const ofOutput = output === null ? 1 : alignedShare(output, alignment.outputChannels)
  return reduction === null ? ofOutput : ofOutput * alignedShare(reduction, alignment.inputChannels)
}

/** The same in words: which dimension is padded to what, and how much of the hardware idles for it. */
export function alignmentLosses(kernel: Kernel, alignment: Alignment): UtilisationLoss[] {
  const losses: UtilisationLoss[] = []
  const add = (dimension: string, size: number | null, width: number): void => {
    if (size === null) return
    const alignedTo = width * Math.ceil(size / width)
    if (alignedTo > size) losses.push({ dimension, size, alignedTo, idleShare: 1 - size / alignedTo })
  }
  add('output channels', outputSize(kernel), alignment.outputChannels)
  const reduction = reductionSize(kernel, alignment.inputChannels)
  const isChannels = kernel.window !== null && reduction !== kernel.gemm?.k
  add(isChannels ? 'input channels' : 'reduction', reduction, alignment.inputChannels)
  return losses
}
