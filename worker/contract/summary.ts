/** A network as numbers: operators, tensors and constants of a graph, no weights. Plain zod, for every surface. */
import { z } from 'zod'
import { type DType, dtypes } from '../../simulator/graph/dtype.ts'
import { type GraphSummary, operatorClasses } from '../../simulator/graph/summary.ts'
import { maxRank } from '../../simulator/import/limits.ts'
import type { ProblemCode } from '../../simulator/problem.ts'
import { count, list } from './fields.ts'
import { limits } from './limits.ts'

// Object.keys forgets the key type; the keys of `dtypes` are exactly DType.
const dtypeSchema = z.enum(Object.keys(dtypes) as [DType, ...DType[]])

/** A tensor of 2^40 elements is beyond any memory; products of sizes below it stay exact. */
const maxElements = 2 ** 40
const tooLarge = { error: 'at most 2^40 elements', params: { code: 'dimension-too-large' satisfies ProblemCode } }
const size = () => z.number().int().min(1)
const axisSizes = () => z.array(size()).max(8).readonly()

const tensorSchema = z.strictObject({
  role: z.enum(['input', 'output', 'activation']),
  dtype: dtypeSchema,
  shape: z
    .array(count())
    .max(maxRank)
    .readonly()
    .refine((shape) => shape.reduce((product, size) => product * size, 1) <= maxElements, tooLarge),
})

const constantSchema = z.strictObject({
  dtype: dtypeSchema,
  elements: count().refine((elements) => elements <= maxElements, tooLarge),
  sparsity: z
    .strictObject({
      zeroShare: z.number().min(0).max(1),
      pattern: z.strictObject({ kept: count(), of: size() }).nullable(),
    })
    .exactOptional(),
})

const gemmSchema = z.strictObject({ m: size(), n: size(), k: size(), repeat: size() })

const windowSchema = z.strictObject({
  kernel: axisSizes(),
  stride: axisSizes(),
  dilation: axisSizes(),
  groups: size(),
  inputChannels: size(),
  outputChannels: size(),
})

const operatorSchema = z.strictObject({
  name: z.string(),
  op: z.string(),
  origins: list(z.string()),
  class: z.enum(operatorClasses),
  inputs: list(count()),
  outputs: list(count()),
  constants: list(count()),
  macs: count().nullable(),
  vectorOps: count().nullable(),
  gemm: gemmSchema.nullable(),
  window: windowSchema.nullable(),
})

/** Shape of a summary, that every index in it points at something, and that operators stand in execution order. */
export const graphSummarySchema = z
  .strictObject({
    version: z.literal(2),
    name: z.string().max(200),
    batch: size(),
    tensors: list(tensorSchema),
    constants: list(constantSchema),
    operators: z.array(operatorSchema).min(1).max(limits.maxOperators).readonly(),
  })
  .superRefine((summary, context) => {
    const read = new Set<number>()
    const produced = new Set<number>()
    summary.operators.forEach((operator, position) => {
      for (const [field, size] of [
        ['inputs', summary.tensors.length],
        ['outputs', summary.tensors.length],
        ['constants', summary.constants.length],
      ] as const) {
        for (const index of operator[field]) {
          if (index < size) continue
          const path = ['operators', position, field]
          context.addIssue({ code: 'custom', path, message: `an index below ${size}`, input: index })
        }
      }
      for (const index of operator.inputs) read.add(index)
      for (const index of operator.outputs) {
        if (read.has(index) || produced.has(index)) {
          const message = 'a tensor that no operator has produced or read before'
          context.addIssue({ code: 'custom', path: ['operators', position, 'outputs'], message, input: index })
        }
        produced.add(index)
      }
    })
  })
  .meta({ id: 'GraphSummary' }) satisfies z.ZodType<GraphSummary>
