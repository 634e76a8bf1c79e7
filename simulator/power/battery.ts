/**
 * How long a battery lasts (docs/method/battery.md, BAT-1 to BAT-4).
 *
 *     P     = P_sleep·(1 − busy) + P_active·busy + P_sensor
 *     hours = C·(1 − reserve) / (P/η + C·s/8760)          s: self-discharge per year
 */

export interface Battery {
  readonly capacityWh: number
  readonly nominalV: number
  /** Inner resistance towards the end of its life; `null` = not known. */
  readonly resistanceOhm: number | null
  /** Share of the capacity lost per year without a load. */
  readonly selfDischargePerYear: number
}

export interface BatteryLoad {
  readonly sleepW: number
  readonly activeW: number
  /** Share of the time spent inferring, [0, 1]. */
  readonly busyShare: number
  /** Camera, microphone, radio: drawn all the time. */
  readonly sensorW: number
}

export interface BatteryUse {
  /** η of the regulator, (0, 1]. */
  readonly conversion: number
  /** Share of the capacity left unused: a cell that is nearly empty no longer gives its current. */
  readonly reserveShare: number
}

/** **(defaults)** */
export const usualUse: BatteryUse = { conversion: 0.9, reserveShare: 0.1 }

const hoursPerYear = 8760

export function averageLoadW({ sleepW, activeW, busyShare, sensorW }: BatteryLoad): number {
  return sleepW * (1 - busyShare) + activeW * busyShare + sensorW
}

/** BAT-1, at an average load; infinite for no load and no self-discharge. */
export function batteryHours(battery: Battery, loadW: number, use: BatteryUse = usualUse): number {
  const { capacityWh, selfDischargePerYear } = battery
  return (
    (capacityWh * (1 - use.reserveShare)) / (loadW / use.conversion + selfDischargeW(battery, selfDischargePerYear))
  )
}

function selfDischargeW({ capacityWh }: Battery, perYear: number): number {
  return (capacityWh * perYear) / hoursPerYear
}

/** BAT-2: the average load that lasts so long; 0 where the cell discharges itself sooner. */
export function loadForHoursW(battery: Battery, hours: number, use: BatteryUse = usualUse): number {
  const drawnW = (battery.capacityWh * (1 - use.reserveShare)) / hours
  return Math.max(0, (drawnW - selfDischargeW(battery, battery.selfDischargePerYear)) * use.conversion)
}

/** Share of the time that may be spent inferring within an average load; `null` = not even sleeping fits. */
export function busyShareWithin(
  loadW: number,
  { sleepW, activeW, sensorW }: Omit<BatteryLoad, 'busyShare'>,
): number | null {
  const leftW = loadW - sleepW - sensorW
  if (leftW < 0) return null
  return activeW <= sleepW ? 1 : Math.min(1, leftW / (activeW - sleepW))
}

/**
 * BAT-3: voltage of the cell while the device draws `powerW`, V = (V₀ + √(V₀² − 4·P·R)) / 2, the regulator included;
 * `null` where the cell cannot give that power, and where its resistance is not known.
 */
export function pulseV(battery: Battery, powerW: number, use: BatteryUse = usualUse): number | null {
  const { nominalV, resistanceOhm } = battery
  if (resistanceOhm === null) return null
  const discriminant = nominalV ** 2 - 4 * (powerW / use.conversion) * resistanceOhm
  return discriminant < 0 ? null : (nominalV + Math.sqrt(discriminant)) / 2
}

/** BAT-4: share of the time that a harvester of `harvestW` on average keeps the device inferring; `null` = not even asleep. */
export function harvestedBusyShare(
  harvestW: number,
  load: Omit<BatteryLoad, 'busyShare'>,
  use: BatteryUse = usualUse,
): number | null {
  return busyShareWithin(harvestW * use.conversion, load)
}
