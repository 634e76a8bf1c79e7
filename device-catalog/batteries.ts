/**
 * Cells that devices run on, as data sheets print them, quoted from memory: nominal capacity and voltage, resistance
 * towards the end of life (what a pulse meets), self-discharge per year.
 */
import type { Battery } from '../simulator/power/battery.ts'
import type { SourceId } from './sources.ts'

export interface BatteryEntry extends Battery {
  readonly id: string
  readonly name: string
  /** Quoted from memory: an order of magnitude, never a guarantee. */
  readonly status: 'assumed'
  readonly sourceIds: readonly SourceId[]
}

function cell(
  id: string,
  name: string,
  capacityMah: number,
  nominalV: number,
  resistanceOhm: number,
  selfDischargePerYear: number,
): BatteryEntry {
  const capacityWh = (capacityMah * nominalV) / 1000
  return {
    id,
    name,
    capacityWh,
    nominalV,
    resistanceOhm,
    selfDischargePerYear,
    status: 'assumed',
    sourceIds: ['battery-data-sheets'],
  }
}

export const batteries: readonly BatteryEntry[] = [
  cell('cr2032', 'CR2032 lithium coin cell', 225, 3, 30, 0.01),
  cell('cr2450', 'CR2450 lithium coin cell', 620, 3, 25, 0.01),
  cell('cr2477', 'CR2477 lithium coin cell', 1000, 3, 25, 0.01),
  cell('cr123a', 'CR123A lithium cell', 1500, 3, 0.5, 0.01),
  cell('aaa-alkaline-2', 'two AAA alkaline cells', 1100, 3, 0.8, 0.03),
  cell('aa-alkaline-2', 'two AA alkaline cells', 2500, 3, 0.6, 0.03),
  cell('aa-lithium-2', 'two AA lithium cells', 3000, 3, 0.4, 0.01),
  cell('er14505', 'AA lithium thionyl chloride cell', 2400, 3.6, 20, 0.01),
  cell('lipo-500', 'lithium polymer pouch, 500 mAh', 500, 3.7, 0.2, 0.2),
  cell('18650', '18650 lithium-ion cell', 3000, 3.6, 0.06, 0.2),
  cell('phone-5000', 'phone battery, 5000 mAh', 5000, 3.85, 0.1, 0.2),
]

export function findBattery(id: string): BatteryEntry | null {
  return batteries.find((entry) => entry.id === id) ?? null
}
