/** Field types that the questions, the models and the answers share. Plain zod: the CLI and the portal import it too. */
import { z } from 'zod'
import { type PrecisionId, precisions } from '../../simulator/graph/precision.ts'

/** Results are immutable: arrays are read-only in TypeScript, plain arrays in JSON. */
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly()

// Object.keys forgets the key type; the keys of `precisions` are exactly PrecisionId.
export const precisionSchema = z.enum(Object.keys(precisions) as [PrecisionId, ...PrecisionId[]])

export const modelIdSchema = z
  .string()
  .regex(/^[a-z2-7]{26}$/)
  .meta({ description: 'First 128 bits of the SHA-256 of the canonical graph, base32.' })

export const idSchema = z.string().min(1).max(100)

export const count = () => z.number().int().min(0)
export const share = () => z.number().min(0).max(1)
