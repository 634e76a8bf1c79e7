/** How a device is used: surroundings, cooling, battery. */
import type { z } from 'zod'
import { batteries, findBattery } from '../device-catalog/batteries.ts'
import type { BatteryQuestion } from '../simulator/decide/battery-life.ts'
import type { Battery } from '../simulator/power/battery.ts'
import type { CoolingWishes } from '../simulator/power/cooling.ts'
import { fail } from '../simulator/problem.ts'
import {
  ambientCSchema,
  capacityWhSchema,
  hoursSchema,
  minutesSchema,
  resistanceCPerWSchema,
  wattsSchema,
} from '../worker/contract/use.ts'
import { numberOption, optionalNumber } from './number-options.ts'

export const useOptions = {
  minutes: { type: 'string', default: '30' },
  'ambient-c': { type: 'string' },
  'heatsink-c-per-w': { type: 'string' },
  battery: { type: 'string' },
  'battery-wh': { type: 'string' },
  'min-hours': { type: 'string' },
  'min-years': { type: 'string' },
  'sleep-w': { type: 'string' },
  'sensor-w': { type: 'string' },
  'harvest-w': { type: 'string' },
} as const

export const useUsage =
  '[--minutes N] [--ambient-c T] [--heatsink-c-per-w R] [--battery ID | --battery-wh N] [--min-hours N | --min-years N] [--sleep-w N] [--sensor-w N] [--harvest-w N]'

type UseValues = { readonly [Name in keyof typeof useOptions]?: string | undefined }

export interface Use {
  readonly minutes: number
  readonly cooling: CoolingWishes
  /** `null` = no battery. */
  readonly battery: { readonly name: string; readonly question: BatteryQuestion } | null
}

const hoursPerYear = 8760

/** `ratePerS`: items per second. Throws `invalid-usage` for an unknown battery, two of them, or one without a rate. */
export function readUse(options: UseValues, ratePerS: number | null): Use {
  const number = (name: keyof UseValues, schema: z.ZodType<number>) =>
    optionalNumber(options[name], `--${name}`, schema)
  const minutes = numberOption(options.minutes ?? '30', '--minutes', minutesSchema)
  const cell = readBattery(options.battery, number('battery-wh', capacityWhSchema))
  const years = number('min-years', hoursSchema)
  return {
    minutes,
    cooling: {
      ambientC: number('ambient-c', ambientCSchema),
      bodyResistanceCPerW: number('heatsink-c-per-w', resistanceCPerWSchema),
    },
    battery: cell && {
      name: cell.name,
      question: {
        battery: cell.battery,
        ratePerS: neededRate(ratePerS),
        sensorW: number('sensor-w', wattsSchema) ?? 0,
        sleepW: number('sleep-w', wattsSchema) ?? null,
        minHours: number('min-hours', hoursSchema) ?? (years === undefined ? null : years * hoursPerYear),
        harvestW: number('harvest-w', wattsSchema) ?? null,
      },
    },
  }
}

/** Of a cell that is only stated in Wh nothing else is known; the voltage then plays no part. */
function readBattery(
  id: string | undefined,
  wattHours: number | undefined,
): { readonly name: string; readonly battery: Battery } | null {
  if (id === undefined) {
    if (wattHours === undefined) return null
    const battery = { capacityWh: wattHours, nominalV: 3.7, resistanceOhm: null, selfDischargePerYear: 0 }
    return { name: `${wattHours} Wh`, battery }
  }
  const found = findBattery(id)
  if (found !== null && wattHours === undefined) return { name: found.name, battery: found }
  throw fail('invalid-usage', 'Name one battery of the list, or give its capacity with --battery-wh.', {
    where: '--battery',
    expected: batteries.map((entry) => entry.id).join(', '),
    received: wattHours === undefined ? id : `${id} and ${wattHours} Wh`,
  })
}

function neededRate(ratePerS: number | null): number {
  if (ratePerS !== null) return ratePerS
  throw fail('invalid-usage', 'Say how often it infers: --fps N (0.1 = every ten seconds).', { where: '--fps' })
}
