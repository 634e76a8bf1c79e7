/**
 * Peak rates between number formats: what a unit that states one peak can do in another format.
 *
 * Shares of the fp16 peak **(default)**. Matrix units double with half the bits; vector CPUs without the instruction
 * convert first and keep the fp32 rate; a GPU that states no int8 peak has no int8 path (sm_53, sm_62).
 */
import type { Arithmetic } from '../graph/precision.ts'
import type { ComputeUnit, CpuCluster, Fact, UnitKind } from './device.ts'

type Shares = Readonly<Record<Arithmetic, number>>

const matrixUnit: Shares = { fp32: 0.25, tf32: 0.5, fp16: 1, bf16: 1, fp8: 2, int8: 2, int4: 2, analog: 2 }
/** HMX of a v75 reaches 12 TFLOPS in fp16 on chip (source `hexagon-npu-2026`), a v73 states 48 TOPS in int8: four to one. */
const hexagonHtp: Shares = { fp32: 0.25, tf32: 0.5, fp16: 1, bf16: 1, fp8: 1, int8: 4, int4: 4, analog: 4 }
const vectorCpu: Shares = { fp32: 1, tf32: 1, fp16: 1, bf16: 1, fp8: 1, int8: 2, int4: 2, analog: 2 }
const scalarCpu: Shares = { fp32: 1, tf32: 1, fp16: 1, bf16: 1, fp8: 1, int8: 4, int4: 4, analog: 4 }
const shaderGpu: Shares = { fp32: 0.5, tf32: 0.5, fp16: 1, bf16: 1, fp8: 1, int8: 1, int4: 1, analog: 1 }

function sharesOf(kind: UnitKind): Shares {
  if (kind === 'cpu-simd' || kind === 'wasm-simd') return vectorCpu
  if (kind === 'mcu-cpu') return scalarCpu
  if (kind === 'hexagon-htp') return hexagonHtp
  return kind === 'gpu' ? shaderGpu : matrixUnit
}

/** Nearest formats first: the one whose stated peak says most about `arithmetic`. */
const nearest: Readonly<Record<Arithmetic, readonly Arithmetic[]>> = {
  fp32: ['fp32', 'fp16', 'bf16', 'tf32', 'int8', 'fp8', 'int4', 'analog'],
  tf32: ['tf32', 'fp16', 'bf16', 'fp32', 'int8', 'fp8', 'int4', 'analog'],
  fp16: ['fp16', 'bf16', 'tf32', 'fp32', 'int8', 'fp8', 'int4', 'analog'],
  bf16: ['bf16', 'fp16', 'tf32', 'fp32', 'int8', 'fp8', 'int4', 'analog'],
  fp8: ['fp8', 'int8', 'fp16', 'bf16', 'fp32', 'tf32', 'int4', 'analog'],
  int8: ['int8', 'fp8', 'fp16', 'bf16', 'int4', 'analog', 'fp32', 'tf32'],
  int4: ['int4', 'int8', 'fp8', 'fp16', 'bf16', 'analog', 'fp32', 'tf32'],
  analog: ['analog', 'int8', 'int4', 'fp8', 'fp16', 'bf16', 'fp32', 'tf32'],
}

/** Dense peak of the unit in `arithmetic` from what the unit itself states, converted if need be; `null` = nothing stated. */
export function ownPeak(unit: ComputeUnit, arithmetic: Arithmetic): Fact | null {
  const shares = sharesOf(unit.kind)
  for (const stated of nearest[arithmetic]) {
    const fact = unit.peakMacsPerS[stated] ?? clusterPeak(unit.clusters, stated)
    if (fact === null || fact.value <= 0) continue
    if (stated === arithmetic) return fact
    return { value: (fact.value * shares[arithmetic]) / shares[stated], status: 'assumed', sourceIds: fact.sourceIds }
  }
  return null
}

/** A peak stated in fp16, for `arithmetic`. */
export function peakFromFp16(kind: UnitKind, fp16MacsPerS: number, arithmetic: Arithmetic): number {
  const shares = sharesOf(kind)
  return (fp16MacsPerS * shares[arithmetic]) / shares.fp16
}

function clusterPeak(clusters: readonly CpuCluster[], arithmetic: Arithmetic): Fact | null {
  let value = 0
  const sourceIds = new Set<string>()
  for (const { cores, clockHz, macsPerCycle } of clusters) {
    const perCycle = macsPerCycle[arithmetic]
    if (clockHz === null || perCycle === undefined) return null
    value += cores * clockHz.value * perCycle.value
    for (const id of [...clockHz.sourceIds, ...perCycle.sourceIds]) sourceIds.add(id)
  }
  return value === 0 ? null : { value, status: 'derived', sourceIds: [...sourceIds] }
}
