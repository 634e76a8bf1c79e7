/** A network between the place where data arises and the place where it is computed; facts, as in a device. */
import type { Fact } from '../hardware/device.ts'

export interface NetworkProfile {
  readonly id: string
  /** 'LTE', 'Wi-Fi 5 + cable', … */
  readonly technology: string
  /** Median round trip, and the one that 19 of 20 stay under. */
  readonly rttS: Fact
  readonly rttP95S: Fact | null
  readonly uplinkBytesPerS: Fact | null
  readonly downlinkBytesPerS: Fact | null
}
