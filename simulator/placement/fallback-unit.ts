/** Where a runtime leaves what its accelerator lacks (docs/method/placement.md, PLACE-3). */
import { unfused } from '../cost/fusion-profiles.ts'
import type { PrecisionId } from '../graph/precision.ts'
import type { ComputeUnit, Device, Segment, UnitKind } from '../hardware/device.ts'
import type { Runtime, RuntimeById } from '../hardware/runtime.ts'
import type { SupportTable } from '../hardware/support-table.ts'
import { resolveTarget, type Target } from '../hardware/target.ts'

const processors: ReadonlySet<UnitKind> = new Set(['cpu-simd', 'mcu-cpu', 'wasm-simd'])

/** A processor as a target. */
export interface FallbackTarget {
  readonly target: Target
  /** The catalog lists no processor beside the accelerator: one that is typical of the segment stands in. */
  readonly isAssumed: boolean
}

/** `null` where the runtime executes nothing beside its accelerator. */
export function fallbackTarget(target: Target, table: SupportTable, runtimeById: RuntimeById): FallbackTarget | null {
  const { fallbackRuntimes, fallbackPrecision } = table
  if (fallbackRuntimes === null) return null
  return processorOf(target, fallbackRuntimes, runtimeById, fallbackPrecision ?? target.precision)
}

/** The target itself where that is a processor; runtimes are preferred in the order given, `runtimeById` knows them. */
export function processorOf(
  target: Target,
  runtimes: readonly string[],
  runtimeById: RuntimeById,
  precision: PrecisionId = target.precision,
): FallbackTarget {
  const { device, powerMode } = target
  if (processors.has(target.unit.kind)) return { target, isAssumed: false }
  const own = device.units.find((unit) => processors.has(unit.kind) && unit.runtimes.length > 0)
  const unit = own ?? assumedHost(device.segment, hostRuntime(runtimes[0], runtimeById))
  const processor = resolveTarget(own === undefined ? assumedHostDevice(device, unit) : device, {
    unit: unit.id,
    runtime: runtimes.find((id) => unit.runtimes.some((each) => each.id === id)),
    modelPrecision: precision,
    powerMode: own === undefined ? undefined : powerMode?.id,
  })
  return { target: processor, isAssumed: own === undefined }
}

function hostRuntime(id: string | undefined, runtimeById: RuntimeById): Runtime {
  return runtimeById.get(id ?? '') ?? { ...undescribed, id: id ?? undescribed.id }
}

/** Fuses nothing, and nothing else is known of it **(default)**. */
const undescribed: Runtime = {
  id: 'not-stated',
  name: 'a runtime that is not stated',
  fusionProfile: unfused,
  baseBytes: null,
  winograd: false,
  packedProducts: 'none',
  storesScores: false,
  threadsOnEveryCore: false,
  volumesOnVectors: false,
  overheads: {},
  support: [],
  preparation: null,
  portableTo: [],
  sparsityRules: [],
  takes: null,
  minimalFiltering: { floatShare: 1, integerShare: 1 },
  halvesFloats: false,
}

/** Knows nothing, so every number comes from the segment. */
function assumedHost(segment: Segment, runtime: Runtime): ComputeUnit {
  return {
    id: 'host',
    kind: segment === 'mcu' ? 'mcu-cpu' : 'cpu-simd',
    architecture: 'not stated',
    family: 'host not stated',
    clockHz: null,
    peakMacsPerS: {},
    clusters: [],
    onchipBytes: null,
    cores: null,
    batchLanes: null,
    alignment: null,
    cyclesPerMac: null,
    roundsToTf32: false,
    runtimes: [{ ...runtime, precisions: ['fp32', 'fp16', 'int8', 'int8-w8a16'] }],
    activeW: null,
    processNm: null,
  }
}

/** A stick or card has memory and link of its own; its host has others. */
function assumedHostDevice(device: Device, unit: ComputeUnit): Device {
  const isBehindLink = device.link !== null
  return {
    ...device,
    units: [unit],
    link: null,
    powerModes: [],
    ...(isBehindLink ? { dramBytes: null, dramBytesPerS: null } : {}),
  }
}
