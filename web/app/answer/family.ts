/** Families of devices as the portal draws them: one colour and one shape each. */
import type { Device, Segment } from '../../../simulator/hardware/device.ts'

export const families = [
  'phone',
  'board',
  'module',
  'mcu',
  'automotive',
  'cloud',
  'browser',
  'worker',
  'other',
] as const
export type Family = (typeof families)[number]

const familyOfSegment: Record<Segment, Family> = {
  phone: 'phone',
  laptop: 'other',
  embedded: 'board',
  automotive: 'automotive',
  mcu: 'mcu',
  cloud: 'cloud',
  'edge-server': 'cloud',
  browser: 'browser',
  serverless: 'worker',
  research: 'other',
}

/** An embedded device whose preferred unit is a GPU is a GPU module; everything else follows from the segment. */
export function familyOf(device: Pick<Device, 'segment' | 'units'>): Family {
  const family = familyOfSegment[device.segment]
  return family === 'board' && device.units[0]?.kind === 'gpu' ? 'module' : family
}
