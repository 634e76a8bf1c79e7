/** Where a runtime leaves what its accelerator lacks (docs/method/placement.md, PLACE-3). */
import type { PrecisionId } from '../graph/precision.ts'
import type { ComputeUnit, Device, Segment, UnitKind } from '../hardware/device.ts'
import { resolveTarget, type Target } from '../hardware/target.ts'
import type { SupportTable } from './support-table.ts'

const processors: ReadonlySet<UnitKind> = new Set(['cpu-simd', 'mcu-cpu', 'wasm-simd'])

/** A processor as a target. */
export interface FallbackTarget {
  readonly target: Target
  /** The catalog lists no processor beside the accelerator: one that is typical of the segment stands in. */
  readonly isAssumed: boolean
}

/** `null` where the runtime executes nothing beside its accelerator. */
export function fallbackTarget(target: Target, table: SupportTable): FallbackTarget | null {
  const { fallbackRuntimes, fallbackPrecision } = table
  return fallbackRuntimes === null ? null : processorOf(target, fallbackRuntimes, fallbackPrecision ?? target.precision)
}

/** The target itself where that is a processor; runtimes are preferred in the order given. */
export function processorOf(
  target: Target,
  runtimes: readonly string[],
  precision: PrecisionId = target.precision,
): FallbackTarget {
  const { device, powerMode } = target
  if (processors.has(target.unit.kind)) return { target, isAssumed: false }
  const own = device.units.find((unit) => processors.has(unit.kind) && unit.runtimes.length > 0)
  const unit = own ?? assumedHost(device.segment, runtimes[0] ?? 'tflite')
  const processor = resolveTarget(own === undefined ? assumedHostDevice(device, unit) : device, {
    unit: unit.id,
    runtime: runtimes.find((id) => unit.runtimes.some((each) => each.id === id)),
    modelPrecision: precision,
    powerMode: own === undefined ? undefined : powerMode?.id,
  })
  return { target: processor, isAssumed: own === undefined }
}

/** Knows nothing, so every number comes from the segment. */
function assumedHost(segment: Segment, runtime: string): ComputeUnit {
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
    runtimes: [{ id: runtime, precisions: ['fp32', 'fp16', 'int8', 'int8-w8a16'] }],
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
