/** Shape of a runtime's entry: what it drives, how it fuses, what it costs, lacks and saves, each with its source. */

import { z } from 'zod'
import { networkKinds } from '../../simulator/cost/network-kind.ts'
import { operations } from '../../simulator/graph/operations.ts'
import { arithmetics, type PrecisionId, precisions } from '../../simulator/graph/precision.ts'
import { operatorClasses } from '../../simulator/graph/summary.ts'
import { unitKinds } from '../../simulator/hardware/device.ts'
import { packedProducts } from '../../simulator/hardware/runtime.ts'

const operation = z.enum(operations)

const text = z.string().trim().min(1)
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly()
const positive = z.number().positive()
const share = z.number().positive().max(1)
const precisionId = z.enum(Object.keys(precisions) as [PrecisionId, ...PrecisionId[]]) // keys of the table are its ids
const unitKind = z.enum(unitKinds)

const fusionProfileSchema = z.strictObject({
  id: text,
  rules: list(
    z.strictObject({
      anchors: list(z.enum(['product', 'pointwise', 'pooling', 'normalization'])),
      absorbs: list(
        z.enum([
          'batch-norm',
          'clamp',
          'activation',
          'constant-operand',
          'second-operand',
          'normalization',
          'reduction',
        ]),
      ),
      operators: list(text).exactOptional(),
      source: text,
    }),
  ),
  fanOut: text.nullable(),
  concatInPlace: text.nullable(),
})

/** Times in microseconds, those beside passes of a language model in seconds. */
const overheadsSchema = z.strictObject({
  perKernelUs: positive.exactOptional(),
  perInferenceUs: positive.exactOptional(),
  host: z
    .strictObject({ perPassS: positive, perLogitS: positive, perPromptS: positive, perPromptLogitS: positive })
    .exactOptional(),
  reach: positive.exactOptional(),
  bytesPerCoreCycle: positive.exactOptional(),
})

const supportTableSchema = z.strictObject({
  id: text,
  title: text,
  unitKinds: list(unitKind),
  families: list(text).exactOptional(),
  arithmetic: z.enum(arithmetics).nullable(),
  version: text.nullable(),
  status: z.enum(['documented', 'recalled']),
  source: text,
  supported: list(operation),
  unsupported: z.partialRecord(operation, text),
  unlisted: z.enum(['supported', 'unsupported']),
  limits: list(
    z.strictObject({
      operation,
      of: z.enum(['kernel', 'kernelArea', 'stride', 'elements', 'constants', 'activations', 'groups']),
      most: z.number().nonnegative(),
      reason: text,
    }),
  ),
  partitions: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('every') }),
    z.strictObject({ kind: z.literal('leading') }),
    z.strictObject({ kind: z.literal('largest'), most: z.int().positive() }),
  ]),
  fallbackRuntimes: list(text).nullable(),
  fallbackPrecision: precisionId.nullable(),
})

const sparsityRuleSchema = z.strictObject({
  kinds: list(unitKind),
  families: list(text).nullable(),
  arithmetics: list(z.enum(arithmetics)),
  classes: list(z.enum(operatorClasses)),
  pointwise: z.boolean(),
  pattern: z.enum(['2:4', 'any']),
  leastZeroShare: share,
  macs: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), share }),
    z.strictObject({ kind: z.literal('gathered'), reach: share }),
  ]),
  bytes: z.strictObject({
    keptShare: share.nullable(),
    indexBitsPerKept: z.number().nonnegative(),
    indexBitsPerWeight: z.number().nonnegative(),
    codingShare: z.number().nonnegative(),
  }),
  source: text,
})

const measureToolSchema = z.strictObject({
  tool: text,
  kinds: list(unitKind).exactOptional(),
  source: z.url(),
  needs: text,
  commands: list(text),
  precisionFlags: z.partialRecord(precisionId, z.string()).exactOptional(),
  kindFlags: z.partialRecord(unitKind, z.string()).exactOptional(),
  reads: text,
})

export const runtimeEntrySchema = z.strictObject({
  id: text,
  name: text,
  /** Other names, as device tables and product pages print them. */
  aliases: list(text),
  /** Kinds of units that devices run it on, and the precisions it takes there. */
  drives: z.partialRecord(unitKind, list(precisionId)),
  /** Kinds that it compiles for wherever they are built in, listed there or not. */
  portableTo: list(unitKind),
  fusion: fusionProfileSchema,
  baseBytes: positive.nullable(),
  winograd: z.boolean(),
  packedProducts: z.enum(packedProducts),
  storesScores: z.boolean(),
  threadsOnEveryCore: z.boolean(),
  volumesOnVectors: z.boolean(),
  overheads: z.partialRecord(unitKind, overheadsSchema),
  support: list(supportTableSchema),
  preparation: z.enum(['ahead-of-time', 'packs-weights']).nullable(),
  sparsity: list(sparsityRuleSchema),
  /** `null` = any network. */
  takes: z.strictObject({ network: z.enum(networkKinds), source: text }).nullable(),
  minimalFiltering: z.strictObject({ floatShare: share, integerShare: share }),
  halvesFloats: z.boolean(),
  measure: list(measureToolSchema),
})

export interface RuntimeEntry extends Readonly<z.infer<typeof runtimeEntrySchema>> {}
export type MeasureTool = z.infer<typeof measureToolSchema>
