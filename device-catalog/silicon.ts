/** What silicon families do, wherever they are built in. */
import type { CyclesPerMac } from '../simulator/hardware/device.ts'
import type { Family } from './vocabulary.ts'

function cycles(convolution: number, depthwise: number, fullyConnected: number, float: number): CyclesPerMac {
  return { convolution, depthwise, fullyConnected, float }
}

/**
 * Cycles per MAC of the vendor's optimised 8-bit kernels, at the fast end of published ranges **(default)**. Sources: MLPerf
 * Tiny submissions, CMSIS-NN and ESP-NN papers.
 */
export const cyclesPerMac: Partial<Readonly<Record<Family, CyclesPerMac>>> = {
  'cortex-m0plus': cycles(7.5, 14, 8, 12),
  'cortex-m4': cycles(1.5, 4, 2, 3),
  'cortex-m7': cycles(0.8, 2.5, 1.2, 3),
  'cortex-m33': cycles(1.3, 3.5, 1.8, 3),
  'cortex-m55': cycles(0.2, 0.5, 0.3, 4),
  'cortex-m85': cycles(0.2, 0.5, 0.3, 4),
  'xtensa-lx7': cycles(0.3, 1, 0.5, 8),
  'xtensa-lx6': cycles(3, 5, 3, 1.5),
  'esp32-p4': cycles(0.3, 1, 0.5, 3),
  ri5cy: cycles(1, 3, 1.2, 6),
  c906: cycles(1, 3, 1.5, 2),
}

/** GPUs whose libraries round fp32 operands to TF32 unless told not to. Source: NVIDIA Ampere architecture white paper. */
export const tf32Families: readonly Family[] = ['ampere', 'ada', 'hopper', 'blackwell']
