/** How a device is used: its surroundings, its cooling, its battery. Plain zod, as in `question.ts`. */
import { z } from 'zod'
import { idSchema } from './fields.ts'
import { limits } from './limits.ts'

export const minutesSchema = z.number().int().min(1).max(limits.maxHeatMinutes)
export const ambientCSchema = z.number().min(-60).max(125)
export const resistanceCPerWSchema = z.number().positive().max(1000)

export const coolingSchema = z.strictObject({
  minutes: minutesSchema.optional().meta({ description: 'Default 30.' }),
  ambientC: ambientCSchema.optional(),
  bodyResistanceCPerW: resistanceCPerWSchema.optional(),
})

export const wattsSchema = z.number().min(0).max(10_000)
export const capacityWhSchema = z.number().positive().max(limits.maxLimitValue)
export const hoursSchema = z.number().positive().max(limits.maxLimitValue)

export const batterySchema = z
  .strictObject({
    id: idSchema.optional().meta({ description: 'A battery of the catalog: cr2032.' }),
    capacityWh: capacityWhSchema.optional(),
    minHours: hoursSchema.optional(),
    sleepW: wattsSchema
      .optional()
      .meta({ description: 'Power between inferences. Default: the idle power of the device.' }),
    sensorW: wattsSchema.optional(),
    harvestW: wattsSchema.optional(),
  })
  .refine(({ id, capacityWh }) => (id === undefined) !== (capacityWh === undefined), {
    error: 'exactly one of id, capacityWh',
  })
