/** One change to a model or its target. Plain zod: the command line parses its `--try` with it. */
import { z } from 'zod'
import type { Change } from '../../simulator/decide/what-if/change.ts'
import { idSchema } from './fields.ts'
import { batchSchema, threadsSchema } from './question.ts'

const factor = z.number().positive().max(8)

export const changeSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('student'), preset: idSchema }),
    z.strictObject({ kind: z.literal('width'), factor }),
    z.strictObject({ kind: z.literal('depth'), factor }),
    z.strictObject({ kind: z.literal('resolution'), factor }),
    z.strictObject({ kind: z.literal('prune'), ratio: z.number().min(0).lt(1) }),
    z.strictObject({ kind: z.literal('clamp-activations') }),
    z.strictObject({ kind: z.literal('drop-transposes') }),
    z.strictObject({ kind: z.literal('pad-channels') }),
    z.strictObject({ kind: z.literal('device'), device: idSchema }),
    z.strictObject({ kind: z.literal('link'), link: idSchema }),
    z.strictObject({ kind: z.literal('unit'), unit: idSchema }),
    z.strictObject({ kind: z.literal('runtime'), runtime: idSchema }),
    z.strictObject({ kind: z.literal('precision'), precision: idSchema }),
    z.strictObject({ kind: z.literal('mode'), mode: idSchema }),
    z.strictObject({ kind: z.literal('clock'), share: z.number().min(0.1).max(1) }),
    z.strictObject({
      kind: z.literal('bandwidth'),
      factor: z
        .number()
        .min(1 / 16)
        .max(16),
    }),
    z.strictObject({ kind: z.literal('batch'), items: batchSchema }),
    z.strictObject({ kind: z.literal('threads'), threads: threadsSchema }),
    z.strictObject({ kind: z.literal('sparsity'), pattern: idSchema, zeroShare: z.number().min(0).lt(1) }),
  ])
  .meta({ id: 'Change' }) satisfies z.ZodType<Change>
