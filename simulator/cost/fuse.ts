/**
 * Precision transform and fusion: operators → kernels with their work counted (docs/method/work.md, WORK-1 to WORK-3).
 *
 * Greedy in execution order: an operator joins the kernel of its latest producer when the profile allows it. That
 * kernel is the last of all its inputs, so every kernel reads only from earlier ones and the order stays executable.
 */
import { dtypes } from '../graph/dtype.ts'
import { factsOf } from '../graph/operators.ts'
import { type PrecisionId, precisions } from '../graph/precision.ts'
import type { GraphSummary, OperatorClass, OperatorSummary } from '../graph/summary.ts'
import { bytesFromBits } from '../quantities.ts'
import { type Dataflow, traceDataflow } from './dataflow.ts'
import { type AnchorKind, absorbs, type FusionProfile, type MemberRole } from './fusion-profiles.ts'
import type { Kernel } from './kernel.ts'
import { shapeOf } from './kernel-shape.ts'
import { traitsOf } from './kernel-traits.ts'
import { cachedBytes } from './kv-cache.ts'
import {
  constantBytes,
  constantRole,
  elementCount,
  isExpertMatrix,
  largestConstant,
  tensorBytes,
} from './operand-bytes.ts'

const products: ReadonlySet<OperatorClass> = new Set([
  'convolution',
  'depthwise-convolution',
  'transposed-convolution',
  'fully-connected',
  'matmul',
])
const pointwise: ReadonlySet<OperatorClass> = new Set(['elementwise', 'activation'])

/**
 * Kernels in execution order. Operators that execute nothing (views) are in none of them. `partOf`: a
 * kernel takes operators of one part alone, as a placement over several units has them; `null` = one part.
 */
export function fuse(
  summary: GraphSummary,
  precision: PrecisionId,
  profile: FusionProfile,
  flow: Dataflow = traceDataflow(summary, profile),
  partOf: Int32Array | null = null,
): Kernel[] {
  const groupOfTensor = new Int32Array(summary.tensors.length).fill(-1)
  const groups: number[][] = []

  summary.operators.forEach((operator, index) => {
    if (flow.free[index] === 1) return
    const found = hostGroup(operator, summary, flow, groupOfTensor, groups, profile)
    const host = found === null || partOf?.[index] === partOf?.[groups[found]?.[0] ?? -1] ? found : null
    const group = host ?? groups.push([]) - 1
    groups[group]?.push(index)
    for (const output of operator.outputs) groupOfTensor[flow.root[output] ?? output] = group
  })
  return groups.map((operators, group) => makeKernel(operators, group, summary, flow, groupOfTensor, precision))
}

/** The group that absorbs `operator`, or `null` when it starts its own. */
function hostGroup(
  operator: OperatorSummary,
  summary: GraphSummary,
  flow: Dataflow,
  groupOfTensor: Int32Array,
  groups: readonly (readonly number[])[],
  profile: FusionProfile,
): number | null {
  if (operator.macs === null || operator.vectorOps === null) return null
  const inputs = [...new Set(operator.inputs.map((input) => flow.root[input] ?? input))]
  const latest = inputs.reduce<number | null>(
    (best, input) => (best === null || (groupOfTensor[input] ?? -1) > (groupOfTensor[best] ?? -1) ? input : best),
    null,
  )
  const host = latest === null ? -1 : (groupOfTensor[latest] ?? -1)
  const anchor = summary.operators[groups[host]?.[0] ?? -1]
  if (latest === null || anchor === undefined) return null
  if (anchor.macs === null || anchor.vectorOps === null) return null

  const role = roleOf(
    operator,
    inputs.some((input) => groupOfTensor[input] !== host),
  )
  const kind = anchorKindOf(anchor)
  if (role === null || kind === null || !absorbs(profile, kind, role, operator.op)) return null

  const [output] = operator.outputs
  const produced = summary.tensors[latest]
  const result = output === undefined ? undefined : summary.tensors[output]
  if (produced === undefined || result === undefined) return null
  // Only a reduction ends a kernel smaller than what it reads.
  if (role !== 'reduction' && elementCount(produced.shape) !== elementCount(result.shape)) return null
  if (profile.fanOut === null && (flow.readers[latest] !== 1 || flow.leaves[latest] === 1)) return null
  return host
}

/** `null`: no table has a rule for it. */
function roleOf(operator: OperatorSummary, readsOutside: boolean): MemberRole | null {
  const { fusion } = factsOf(operator.op)
  if (fusion === 'batch-norm') return fusion
  if (operator.class === 'normalization' || operator.class === 'reduction') return readsOutside ? null : operator.class
  if (!pointwise.has(operator.class)) return null
  if (readsOutside) return 'second-operand'
  if (operator.class === 'activation') return fusion === 'clamp' ? fusion : 'activation'
  return 'constant-operand'
}

function anchorKindOf({ op, class: operatorClass }: OperatorSummary): AnchorKind | null {
  if (products.has(operatorClass)) return 'product'
  if (pointwise.has(operatorClass) || factsOf(op).fusion === 'batch-norm') return 'pointwise'
  return operatorClass === 'pooling' || operatorClass === 'normalization' ? operatorClass : null
}

function makeKernel(
  operators: readonly number[],
  group: number,
  summary: GraphSummary,
  flow: Dataflow,
  groupOfTensor: Int32Array,
  precision: PrecisionId,
): Kernel {
  const members = operators.flatMap((index) => summary.operators[index] ?? [])
  const [anchor] = members
  if (anchor === undefined) throw new Error('a kernel has at least one operator')
  const rootOf = (tensor: number): number => flow.root[tensor] ?? tensor

  const inputs = new Set<number>()
  const outputs = new Set<number>()
  const readInside = new Map<number, number>()
  for (const member of members) {
    for (const input of new Set(member.inputs.map(rootOf))) {
      if (groupOfTensor[input] !== group) inputs.add(input)
      else readInside.set(input, (readInside.get(input) ?? 0) + 1)
    }
    for (const output of member.outputs) outputs.add(rootOf(output))
  }
  const bytesOf = (tensor: number): number => {
    const described = summary.tensors[tensor]
    if (described === undefined) return 0
    return flow.cache.isCache[tensor] === 1 ? cachedBytes(described, precision) : tensorBytes(described, precision)
  }
  /** Appending to a cache writes what is new. */
  const writtenBytes = (tensor: number): number => bytesOf(tensor) - bytesOf(flow.cache.continues[tensor] ?? -1)
  let inputBytes = 0
  for (const input of inputs) inputBytes += bytesOf(input)
  const writes = [...outputs].filter((output) => {
    const staysInside = readInside.get(output) === flow.readers[output] && flow.readers[output] !== 0
    return flow.leaves[output] === 1 || !staysInside
  })
  let outputBytes = 0
  for (const output of writes) outputBytes += writtenBytes(output)

  return {
    name: anchor.name,
    operators,
    class: anchor.class,
    traits: traitsOf(anchor, members),
    shape: shapeOf(anchor.gemm, outputBytes),
    macs: sumKnown(members.map((member) => member.macs)),
    vectorOps: sumKnown(members.map((member) => (isOutputStage(member, anchor) ? 0 : member.vectorOps))),
    weightBytes: weightBytes(members, summary, precision),
    inputBytes,
    outputBytes,
    gemm: anchor.gemm,
    window: anchor.window,
    reads: [...inputs],
    writes,
  }
}

/** Clamping accumulators on their way out is free wherever products are; quantized results clamp by their range alone. */
function isOutputStage(member: OperatorSummary, anchor: OperatorSummary): boolean {
  return member !== anchor && products.has(anchor.class) && factsOf(member.op).fusion === 'clamp'
}

function sumKnown(values: readonly (number | null)[]): number | null {
  let sum = 0
  for (const value of values) {
    if (value === null) return null
    sum += value
  }
  return sum
}

function weightBytes(members: readonly OperatorSummary[], summary: GraphSummary, precision: PrecisionId): number {
  const seen = new Set<number>()
  let total = 0
  for (const member of members) {
    const largest = largestConstant(member, summary)
    for (const index of member.constants) {
      const constant = summary.constants[index]
      if (constant === undefined || seen.has(index)) continue
      seen.add(index)
      const stored = constantBytes(constant, constantRole(member, constant.elements, largest), precision)
      const read = stored * expertShare(member, largest, summary)
      total += member.class === 'gather' ? Math.min(read, gatheredBytes(member, summary, precision)) : read
    }
  }
  return total
}

/** Of a stack of experts only those are read that some token chose: the part of the weights that the products cover. */
function expertShare(
  { class: operatorClass, gemm, constants }: OperatorSummary,
  largest: number,
  summary: GraphSummary,
): number {
  if (operatorClass !== 'fully-connected' || gemm === null) return 1
  let weights = 0
  for (const index of constants) {
    const elements = summary.constants[index]?.elements ?? 0
    if (isExpertMatrix(elements, largest)) weights += elements
  }
  const used = gemm.n * gemm.k * gemm.repeat
  return weights > used ? used / weights : 1
}

/** Rows picked from a table: as many elements as the output, in the table's format. */
function gatheredBytes(member: OperatorSummary, summary: GraphSummary, precision: PrecisionId): number {
  let bytes = 0
  for (const output of member.outputs) {
    const tensor = summary.tensors[output]
    if (tensor === undefined) continue
    const isFloat = dtypes[tensor.dtype].kind === 'float'
    const constant = { dtype: tensor.dtype, elements: elementCount(tensor.shape) }
    bytes += isFloat
      ? bytesFromBits(precisions[precision].weightBits * constant.elements)
      : constantBytes(constant, 'weight', precision)
  }
  return bytes
}
