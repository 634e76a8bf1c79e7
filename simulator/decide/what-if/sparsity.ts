/**
 * Zeros in weights (docs/method/what-if.md, WHAT-4): marked in the summary as the sparsity transform marks them, then
 * turned into work and bytes saved where silicon and runtime use them, layer by layer.
 */
import type { Sparsity } from '../../graph/graph.ts'
import { type Arithmetic, precisions } from '../../graph/precision.ts'
import type { ConstantSummary, GraphSummary, OperatorSummary } from '../../graph/summary.ts'
import type { Runtime } from '../../hardware/runtime.ts'
import { byteShare, macShare, type SparsityRule } from '../../hardware/sparsity-rule.ts'
import type { Target } from '../../hardware/target.ts'
import { fail } from '../../problem.ts'
import { nOfM, unstructured } from '../../transform/sparsity.ts'
import { changed, hindered, type Scenario, type Step, withSummary } from './scenario.ts'
import { targetOf } from './target-changes.ts'

/** `pattern`: `N:M`, or `unstructured` with its share of zeros. Throws `invalid-field` for anything else. */
export function skipZeros(scenario: Scenario, pattern: string, zeroShare: number): Step {
  const sparsity = parseSparsity(pattern, zeroShare)
  const target = targetOf(scenario)
  const rulesOf = ({ sparsityRules }: Runtime) => sparsityRules.filter((rule) => isSilicon(rule, target))
  const ofRuntime = rulesOf(target.runtime)
  if (ofRuntime.length === 0) {
    const skipping = [...scenario.request.peers.runtimeById.values()].filter((each) => rulesOf(each).length > 0)
    if (skipping.length === 0) return hindered('dense-silicon', target.unit.architecture)
    return hindered('dense-runtime', skipping.map(({ id }) => id).join(', '))
  }
  const { arithmetic, weightBits } = precisions[target.precision]
  const rule = ofRuntime.find((each) => fitsPattern(each, sparsity, arithmetic))
  if (rule === undefined) return hindered('dense-layers', ofRuntime.map(described).join('; '))
  const { summary, skipping, products } = withoutZeros(scenario.request.summary, sparsity, rule, weightBits)
  if (skipping === 0) return hindered('dense-layers', described(rule))
  return changed(withSummary(scenario, summary), [{ code: 'layers-skipping-zeros', count: skipping, of: products }])
}

export function parseSparsity(pattern: string, zeroShare: number): Sparsity {
  if (pattern === 'unstructured' && zeroShare > 0 && zeroShare < 1) return unstructured(zeroShare)
  const [, kept = '', of = ''] = /^(\d{1,2}):(\d{1,2})$/.exec(pattern) ?? []
  if (Number(kept) > 0 && Number(kept) < Number(of)) return nOfM(Number(kept), Number(of))
  throw fail('invalid-field', 'Give N:M with N below M (2:4), or a share of zeros above 0 and below 1.', {
    where: 'sparsity',
    received: pattern === 'unstructured' ? `${zeroShare}` : pattern,
  })
}

function isSilicon({ kinds, families }: SparsityRule, { unit }: Target): boolean {
  return kinds.includes(unit.kind) && (families === null || families.some((family) => unit.family.startsWith(family)))
}

/** N:M is a special case of zeros anywhere; 2:4 hardware also runs sparser patterns that divide it, 1:4. */
function fitsPattern(rule: SparsityRule, { pattern, zeroShare }: Sparsity, arithmetic: Arithmetic): boolean {
  if (!rule.arithmetics.includes(arithmetic) || zeroShare < rule.leastZeroShare) return false
  return rule.pattern === 'any' || (pattern?.of === 4 && pattern.kept <= 2)
}

/** What the rule asks for, as a list: pattern, share of zeros, formats, layers. */
function described({ pattern, leastZeroShare, arithmetics, classes, pointwise }: SparsityRule): string {
  const zeros = pattern === 'any' ? `at least ${Math.ceil(leastZeroShare * 100)} % zeros` : pattern
  return `${zeros} in ${arithmetics.join(', ')}, ${pointwise ? '1×1 ' : ''}${classes.join(' and ')} layers`
}

function withoutZeros(summary: GraphSummary, sparsity: Sparsity, rule: SparsityRule, weightBits: number) {
  const constants: ConstantSummary[] = [...summary.constants]
  let skipping = 0
  let products = 0
  const operators = summary.operators.map((operator): OperatorSummary => {
    const { gemm } = operator
    const weight = largestOf(summary, operator)
    if (gemm === null || weight === null) return operator
    products++
    if (!applies(operator, sparsity, rule)) return operator
    skipping++
    const share = macShare(rule, sparsity.zeroShare)
    const elements = summary.constants[weight]?.elements ?? 0
    const bytes = byteShare(rule, sparsity.zeroShare, weightBits)
    const given = constants[weight]
    if (given !== undefined) constants[weight] = { ...given, elements: Math.ceil(elements * bytes), sparsity }
    return {
      ...operator,
      macs: operator.macs === null ? null : operator.macs * share,
      gemm: { ...gemm, k: Math.max(1, Math.ceil(gemm.k * share)) },
    }
  })
  return { summary: { ...summary, constants, operators }, skipping, products }
}

/** The summed axis divides into the pattern, and the layer is one that the rule speaks of. */
function applies({ class: operatorClass, window, gemm }: OperatorSummary, { pattern }: Sparsity, rule: SparsityRule) {
  if (!rule.classes.includes(operatorClass) || gemm === null) return false
  if (rule.pointwise && window?.kernel.some((size) => size !== 1) !== false) return false
  const summed = window === null ? gemm.k : window.inputChannels / window.groups
  return rule.pattern === 'any' || pattern === null || summed % pattern.of === 0
}

/** Its weight: the largest constant that it reads. */
function largestOf({ constants }: GraphSummary, operator: OperatorSummary): number | null {
  let largest: number | null = null
  for (const index of operator.constants) {
    if ((constants[index]?.elements ?? 0) > (largest === null ? 0 : (constants[largest]?.elements ?? 0)))
      largest = index
  }
  return largest
}
