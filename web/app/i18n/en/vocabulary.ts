/** Words that stand for codes, the same on every page. */
import type { LimitName, Verdict } from '../../../../simulator/decide/budget.ts'
import type { FactStatus, Segment } from '../../../../simulator/hardware/device.ts'
import type { EvidenceLevel } from '../../../../simulator/predict/evidence.ts'
import type { Bound } from '../../../../simulator/predict/prediction.ts'
import type { Family } from '../../answer/family.ts'

export const vocabulary = {
  verdicts: { fits: 'FIT', tight: 'TIGHT', fails: 'NO', unknown: 'UNSURE' } satisfies Record<Verdict, string>,
  verdictRule: 'A device fits when every limit is met with P ≥ 0.9.',
  unknown: 'unknown',
  segments: {
    phone: 'Phones',
    laptop: 'Laptops',
    embedded: 'Boards and modules',
    automotive: 'Automotive',
    mcu: 'Microcontrollers',
    cloud: 'Cloud',
    'edge-server': 'Edge servers',
    browser: 'Browsers',
    serverless: 'Edge workers',
    research: 'Research parts',
  } satisfies Record<Segment, string>,
  families: {
    phone: 'phone',
    board: 'board',
    module: 'GPU module',
    mcu: 'microcontroller',
    automotive: 'automotive',
    cloud: 'cloud',
    browser: 'browser',
    worker: 'edge worker',
    other: 'laptop or other',
  } satisfies Record<Family, string>,
  limits: {
    maxLatencyMs: 'Latency',
    minThroughputPerS: 'Frame rate',
    maxPowerW: 'Power',
    maxMemoryBytes: 'Memory',
    maxEnergyMj: 'Energy',
    maxPriceUsd: 'Price',
  } satisfies Record<LimitName, string>,
  limitNouns: {
    maxLatencyMs: 'latency limit',
    minThroughputPerS: 'frame rate limit',
    maxPowerW: 'power limit',
    maxMemoryBytes: 'memory limit',
    maxEnergyMj: 'energy limit',
    maxPriceUsd: 'price limit',
  } satisfies Record<LimitName, string>,
  /** Facts as engineers call them; the path of the field stands in the title. */
  factNames: {
    'device.dramBytesPerS': 'DRAM bandwidth',
    'device.link.bytesPerS': 'Link bandwidth',
    'device.idleW': 'Idle power',
    'device.tdpW': 'Design power',
    'device.priceUsd': 'Price',
    'powerMode.memoryBytesPerS': 'DRAM bandwidth in the mode',
    'powerMode.budgetW': 'Power of the mode',
    'unit.onchipBytes': 'On-chip memory',
    'unit.clockHz': 'Clock',
    'unit.processNm': 'Process node',
    'unit.activeW': 'Power of the unit',
    'law.efficiency.convolution': 'Efficiency, convolution',
    'law.bandwidthEfficiency': 'Efficiency, bandwidth',
    'law.overlapExponent': 'Overlap exponent',
    'runtime.perKernelS': 'Launch per kernel',
    'runtime.perInferenceS': 'Start per inference',
    'network.uplinkBytesPerS': 'Uplink bandwidth',
    'network.downlinkBytesPerS': 'Downlink bandwidth',
  } as Readonly<Record<string, string>>,
  densePeak: (arithmetic: string) => `${arithmetic} peak, dense`,
  statuses: {
    measured: 'measured',
    vendor: 'vendor',
    recalled: 'recalled',
    derived: 'derived',
    assumed: 'assumed',
    default: 'default',
  } satisfies Record<FactStatus | 'default', string>,
  bounds: {
    compute: 'compute',
    memory: 'memory',
    link: 'link',
    overhead: 'launch',
  } satisfies Record<Bound, string>,
  levels: {
    measured: 'measured',
    validated: 'validated',
    transferred: 'transferred',
    extrapolated: 'extrapolated',
  } satisfies Record<EvidenceLevel, string>,
  anchored: 'anchored',
}

/** A fact that is missing, by its name where it has one. */
export function named(field: string): string {
  const name = vocabulary.factNames[field]
  return name === undefined ? field : `${name.charAt(0).toLowerCase()}${name.slice(1)} (${field})`
}
