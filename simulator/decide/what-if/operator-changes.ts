/** Advice on operators: activations that cost more than they give, transposes between layouts (docs/method/what-if.md). */
import { factsOf } from '../../graph/operators.ts'
import type { GraphSummary, OperatorSummary } from '../../graph/summary.ts'
import { opsPerElement } from '../../graph/vector-ops.ts'
import { elementsOf, readersOf, rewire } from './rewire.ts'
import { changed, hindered, type Scenario, type Step, withSummary } from './scenario.ts'

/**
 * Every smooth rectifier becomes ReLU6, which is part of the kernel before it on every runtime. A gate that times its own
 * input is one too (SiLU, hard-swish); one that scales another value (squeeze and excitation) stays.
 */
export function clampActivations(scenario: Scenario): Step {
  const { summary } = scenario.request
  const readers = readersOf(summary)
  const operators = new Map<number, OperatorSummary | null>()
  summary.operators.forEach((operator, index) => {
    const { curve } = factsOf(operator.op)
    if (curve === 'rectifier') operators.set(index, clamp(summary, operator, operator.outputs))
    if (curve !== 'gate') return
    const product = productOf(summary, operator, readers)
    if (product === null) return
    operators.set(index, clamp(summary, operator, summary.operators[product]?.outputs ?? []))
    operators.set(product, null)
  })
  if (operators.size === 0) return hindered('none-found')
  const count = [...operators.values()].filter((operator) => operator !== null).length
  return changed(withSummary(scenario, rewire(summary, { operators, tensors: new Map() })), [
    { code: 'activations-replaced', count, of: null },
  ])
}

function clamp(summary: GraphSummary, operator: OperatorSummary, outputs: readonly number[]): OperatorSummary {
  return {
    ...operator,
    op: 'Clip',
    class: 'activation',
    outputs,
    constants: [],
    macs: 0,
    vectorOps: elementsOf(summary, outputs[0]) * opsPerElement.clip,
  }
}

/** The multiplication of the gate with its own input, where nothing else reads the gate. */
function productOf(summary: GraphSummary, gate: OperatorSummary, readers: readonly (readonly number[])[]) {
  const [input] = gate.inputs
  const [output] = gate.outputs
  const [reader, ...others] = readers[output ?? -1] ?? []
  if (input === undefined || output === undefined || reader === undefined || others.length > 0) return null
  const product = summary.operators[reader]
  const isOwn = product?.inputs.length === 2 && product.inputs.includes(input) && product.inputs.includes(output)
  return product !== undefined && factsOf(product.op).support === 'multiply' && isOwn ? reader : null
}

/**
 * Transposes between channels first and channels last go: a model exported in the layout of its runtime has none.
 * Those of attention and of pixel shuffles compute something and stay.
 */
export function dropTransposes(scenario: Scenario): Step {
  const { summary } = scenario.request
  const operators = new Map<number, null>()
  const tensors = new Map<number, number>()
  let kept = 0
  summary.operators.forEach(({ op, inputs, outputs }, index) => {
    if (factsOf(op).support !== 'transpose') return
    const [input] = inputs
    const [output] = outputs
    const isInner = output !== undefined && summary.tensors[output]?.role === 'activation'
    if (input === undefined || !isInner || !changesLayout(summary, input, output)) {
      kept++
      return
    }
    operators.set(index, null)
    tensors.set(output, input)
  })
  if (operators.size === 0) return hindered('none-found', kept === 0 ? null : `${kept} that compute something`)
  return changed(withSummary(scenario, rewire(summary, { operators, tensors })), [
    { code: 'transposes-dropped', count: operators.size, of: null },
    ...(kept === 0 ? [] : [{ code: 'transposes-kept', count: kept, of: null } as const]),
  ])
}

/** [N, C, H, W] → [N, H, W, C] or back; of a square block of pixels both look alike. */
function changesLayout(summary: GraphSummary, input: number, output: number): boolean {
  const [from, to] = [summary.tensors[input]?.shape ?? [], summary.tensors[output]?.shape ?? []]
  if (from.length !== 4 || to.length !== 4 || from[0] !== to[0]) return false
  const [, a, b, c] = from
  return (to[1] === b && to[2] === c && to[3] === a) || (to[1] === c && to[2] === a && to[3] === b)
}
