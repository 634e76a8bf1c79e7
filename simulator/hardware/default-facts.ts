/**
 * Last resort for facts that neither the device nor a peer states: order of magnitude of the kind or the segment.
 * All are **defaults**, none is a claim about a product; each use is listed in `basis` and widens the interval.
 */
import { hzFromMhz, macsPerSFromTops } from '../quantities.ts'
import type { Segment, UnitKind } from './device.ts'

interface UnitDefaults {
  /** Dense peak in fp16; other formats by `arithmetic-rates.ts`. */
  readonly fp16MacsPerS: number
  readonly clockHz: number
  readonly onchipBytes: number
}

function unit(fp16Tops: number, clockMhz: number, onchipMib: number): UnitDefaults {
  return { fp16MacsPerS: macsPerSFromTops(fp16Tops), clockHz: hzFromMhz(clockMhz), onchipBytes: onchipMib * 1024 ** 2 }
}

export const unitDefaults: Readonly<Record<UnitKind, UnitDefaults>> = {
  'cpu-simd': unit(0.2, 2000, 2),
  gpu: unit(2, 900, 1),
  npu: unit(2, 800, 1),
  'hexagon-htp': unit(10, 1300, 8),
  'apple-neural-engine': unit(8, 1300, 4),
  'edge-tpu': unit(2, 480, 8),
  dataflow: unit(10, 600, 24),
  systolic: unit(100, 1000, 32),
  dsp: unit(0.5, 1000, 1),
  'fpga-dpu': unit(0.6, 300, 2),
  'ethos-u': unit(0.1, 500, 0.5),
  'mcu-cpu': unit(0.0002, 150, 0.3),
  'mcu-npu': unit(0.05, 200, 0.5),
  'wasm-simd': unit(0.02, 3000, 1),
  'compute-in-memory': unit(10, 500, 16),
}

/** Dataflow chips hold a whole network beside their multipliers: 3 bytes for each MAC per microsecond **(default)**. */
const dataflowBytesPerMacPerS = 3e-6

/** On-chip memory where neither the unit nor its family states it. */
export function onchipDefault(kind: UnitKind, peakMacsPerS: number): number {
  return kind === 'dataflow' ? peakMacsPerS * dataflowBytesPerMacPerS : unitDefaults[kind].onchipBytes
}

interface SegmentDefaults {
  readonly dramGbs: number
  /** `null` where a figure would say nothing: the machine behind a tab is not known. */
  readonly tdpW: number | null
  /** Idle power as a share of `tdpW`. */
  readonly idleShare: number
  readonly processNm: number
}

export const segmentDefaults: Readonly<Record<Segment, SegmentDefaults>> = {
  phone: { dramGbs: 50, tdpW: 5, idleShare: 0.15, processNm: 5 },
  laptop: { dramGbs: 100, tdpW: 28, idleShare: 0.15, processNm: 5 },
  embedded: { dramGbs: 17, tdpW: 10, idleShare: 0.3, processNm: 12 },
  automotive: { dramGbs: 100, tdpW: 60, idleShare: 0.3, processNm: 8 },
  mcu: { dramGbs: 0.2, tdpW: 0.1, idleShare: 0.05, processNm: 40 },
  cloud: { dramGbs: 1000, tdpW: 300, idleShare: 0.2, processNm: 5 },
  'edge-server': { dramGbs: 300, tdpW: 75, idleShare: 0.25, processNm: 7 },
  browser: { dramGbs: 30, tdpW: null, idleShare: 0.2, processNm: 7 },
  serverless: { dramGbs: 15, tdpW: null, idleShare: 0.2, processNm: 7 },
  research: { dramGbs: 50, tdpW: 5, idleShare: 0.2, processNm: 28 },
}

/** Sustained payload rate by the name of a link **(default)**: SIMULATOR notes on Coral, PCIe generations. */
export const linkDefaultsGbs = { 'USB 2': 0.035, 'USB 3': 0.32, PCIe: 0.8 } as const

export function defaultLinkGbs(kind: string): number {
  const name = kind.toLowerCase()
  if (!name.includes('usb')) return linkDefaultsGbs.PCIe
  return /usb\s*-?2/.test(name) ? linkDefaultsGbs['USB 2'] : linkDefaultsGbs['USB 3']
}
