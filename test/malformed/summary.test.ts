/** Whatever summary the contract lets in, the simulator answers with JSON or refuses with a problem. */
import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { catalog, catalogVersion } from '../../device-catalog/index.ts'
import { modelId } from '../../simulator/graph/model-id.ts'
import { operatorClasses } from '../../simulator/graph/summary.ts'
import { makePeerFacts } from '../../simulator/hardware/missing.ts'
import { canonicalJson } from '../../simulator/json.ts'
import { predict } from '../../simulator/predict/predict.ts'
import { ProblemError } from '../../simulator/problem.ts'
import { exampleSummary } from '../../worker/contract/examples.ts'
import { predictionSchema } from '../../worker/contract/prediction.ts'
import { graphSummarySchema } from '../../worker/contract/summary.ts'

const peers = makePeerFacts(catalog)

const anyCount = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.constantFrom(0, 1, 2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER),
)
const anyIndex = fc.integer({ min: 0, max: 4 })
const anySize = anyCount.map((value) => Math.max(1, value))
const shape = fc.array(anyCount, { maxLength: 4 })
const sizes = fc.array(anySize, { maxLength: 4 })
const dtype = fc.constantFrom('float32', 'int8', 'int4', 'string', 'bool', 'float64')

const anyOperator = fc.record({
  name: fc.string({ maxLength: 8 }),
  op: fc.constantFrom('Conv', 'Relu', 'MatMul', 'Concat', 'Reshape', '__proto__'),
  origins: fc.array(fc.string({ maxLength: 8 }), { maxLength: 2 }),
  class: fc.constantFrom(...operatorClasses),
  inputs: fc.array(anyIndex, { maxLength: 3 }),
  outputs: fc.array(anyIndex, { maxLength: 2 }),
  constants: fc.array(anyIndex, { maxLength: 2 }),
  macs: fc.option(anyCount),
  vectorOps: fc.option(anyCount),
  gemm: fc.option(fc.record({ m: anySize, n: anySize, k: anySize, repeat: anySize })),
  window: fc.option(
    fc.record({
      kernel: sizes,
      stride: sizes,
      dilation: sizes,
      groups: anySize,
      inputChannels: anySize,
      outputChannels: anySize,
    }),
  ),
})

type AnyOperator = typeof anyOperator extends fc.Arbitrary<infer Operator> ? Operator : never

/** Without the outputs that were produced or read before: the contract asks for execution order. */
function inOrder(operators: readonly AnyOperator[]): AnyOperator[] {
  const taken = new Set<number>()
  return operators.map((operator) => {
    for (const index of operator.inputs) taken.add(index)
    const outputs = [...new Set(operator.outputs)].filter((index) => !taken.has(index))
    for (const index of outputs) taken.add(index)
    return { ...operator, outputs }
  })
}

const anySummary = fc.record({
  version: fc.constant(2),
  name: fc.string({ maxLength: 10 }),
  batch: fc.constantFrom(1, 3, 2 ** 40),
  tensors: fc.array(fc.record({ role: fc.constantFrom('input', 'output', 'activation'), dtype, shape }), {
    minLength: 5,
    maxLength: 5,
  }),
  constants: fc.array(fc.record({ dtype, elements: anyCount }), { minLength: 5, maxLength: 5 }),
  operators: fc.array(anyOperator, { minLength: 1, maxLength: 6 }).map(inOrder),
})

const anyDevice = fc.constantFrom(...catalog)

property.prop([anySummary, anyDevice, fc.constantFrom(1, 7, 4096)], { numRuns: 200 })(
  'an absurd graph never becomes a crash or a number that is none',
  async (input, device, batch) => {
    const parsed = graphSummarySchema.safeParse(input)
    fc.pre(parsed.success)
    const summary = graphSummarySchema.parse(input)
    try {
      const request = { summary, modelId: await modelId(summary), device, peers, catalogVersion, batch, kernels: true }
      predictionSchema.parse(JSON.parse(canonicalJson(predict(request))))
    } catch (error) {
      expect(error).toBeInstanceOf(ProblemError)
    }
  },
)

test.each([
  ['reads what a later one produces', [1, 2, 0, 1]],
  ['reads its own output', [1, 1, 2, 2]],
  ['produces a tensor a second time', [0, 1, 1, 1]],
] as const)('an operator that %s is out of order', (_, [firstIn, firstOut, secondIn, secondOut]) => {
  const [operator] = exampleSummary.operators
  const operators = [
    { ...operator, inputs: [firstIn], outputs: [firstOut] },
    { ...operator, inputs: [secondIn], outputs: [secondOut] },
  ]
  const { error } = graphSummarySchema.safeParse({ ...exampleSummary, operators })
  expect(error?.issues[0]?.path.slice(0, 1)).toEqual(['operators'])
  expect(error?.issues[0]?.path.at(-1)).toBe('outputs')
})
