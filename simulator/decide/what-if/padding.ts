/**
 * Channels padded up to what the hardware works in (docs/method/what-if.md, WHAT-5): the time of the padded sizes is
 * paid already (ALN-1), so what it costs is memory, and what it gives is capacity.
 */

import { precisions } from '../../graph/precision.ts'
import type { ConstantSummary, GraphSummary, OperatorSummary, TensorSummary } from '../../graph/summary.ts'
import { alignmentOf } from '../../hardware/alignment.ts'
import { changed, hindered, type Scenario, type Step, withSummary } from './scenario.ts'
import { targetOf } from './target-changes.ts'

export function padChannels(scenario: Scenario): Step {
  const target = targetOf(scenario)
  const { outputChannels } = alignmentOf(target.unit, precisions[target.precision].arithmetic)
  if (outputChannels === 1) return hindered('none-found')
  const { summary, padded } = padTo(scenario.request.summary, outputChannels)
  if (padded === 0) return hindered('already-so', `multiples of ${outputChannels}`)
  return changed(withSummary(scenario, summary), [{ code: 'channels-padded', count: padded, of: null }])
}

/**
 * Every convolution makes a multiple of `width` channels; concatenations make the sum of theirs, depthwise windows and
 * element operations as many as they read. Channels that leave the graph or are reshaped keep their number.
 */
export function padTo(summary: GraphSummary, width: number): { summary: GraphSummary; padded: number } {
  const tensors = [...summary.tensors]
  const constants = [...summary.constants]
  const channelsOf = (list: readonly TensorSummary[], tensor: number | undefined): number | null => {
    const shape = tensor === undefined ? undefined : list[tensor]?.shape
    return shape?.length === 4 ? (shape[1] ?? null) : null
  }
  let padded = 0
  const operators = summary.operators.map((operator): OperatorSummary => {
    const [output] = operator.outputs
    const before = channelsOf(summary.tensors, output)
    const tensor = output === undefined ? undefined : tensors[output]
    if (output === undefined || tensor === undefined || before === null) return operator
    const after = tensor.role === 'output' ? before : channelsAfter(operator, before)
    if (after !== before) tensors[output] = { ...tensor, shape: tensor.shape.with(1, after) }
    if (operator.window === null || operator.gemm === null) return scaledWork(operator, after / before)
    if (after !== before) padded++
    return scaledProduct(operator, after)
  })
  return { summary: { ...summary, tensors, constants, operators }, padded }

  function channelsAfter(operator: OperatorSummary, before: number): number {
    const read = operator.inputs.map((input) => ({
      was: channelsOf(summary.tensors, input),
      is: channelsOf(tensors, input),
    }))
    const { window } = operator
    if (window !== null && window.groups === 1) return width * Math.ceil(before / width)
    const sums = (pick: 'was' | 'is') => read.reduce((sum, each) => sum + (each[pick] ?? Number.NaN), 0)
    if (read.length > 1 && sums('was') === before) return sums('is')
    const same = read.find(({ was, is }) => was === before && is !== null)
    return same?.is ?? before
  }

  /** Weights and work in proportion to both channel counts; a depthwise window has one. */
  function scaledProduct(operator: OperatorSummary, outputChannels: number): OperatorSummary {
    const { window, gemm } = operator
    if (window === null || gemm === null) return operator
    const inputChannels = channelsOf(tensors, operator.inputs[0]) ?? window.inputChannels
    const isDepthwise = window.groups > 1 && window.groups === window.inputChannels
    const groups = isDepthwise ? inputChannels : window.groups
    const outputShare = outputChannels / window.outputChannels
    const inputShare = isDepthwise ? 1 : inputChannels / window.inputChannels
    const share = outputShare * inputShare
    const [weight, ...rest] = operator.constants.toSorted((a, b) => elements(b) - elements(a))
    if (weight !== undefined) grow(weight, share)
    for (const other of rest) grow(other, outputShare)
    return {
      ...operator,
      macs: operator.macs === null ? null : Math.round(operator.macs * share),
      vectorOps: operator.vectorOps === null ? null : Math.round(operator.vectorOps * outputShare),
      window: { ...window, groups, inputChannels, outputChannels },
      gemm: {
        ...gemm,
        n: isDepthwise ? gemm.n : Math.round(gemm.n * outputShare),
        k: Math.round(gemm.k * inputShare),
        repeat: isDepthwise ? Math.round(gemm.repeat * outputShare) : gemm.repeat,
      },
    }
  }

  function elements(constant: number): number {
    return summary.constants[constant]?.elements ?? 0
  }

  /** From the original size: layers that share a weight grow it once. */
  function grow(constant: number, share: number): void {
    const given: ConstantSummary | undefined = summary.constants[constant]
    if (given !== undefined) constants[constant] = { ...given, elements: Math.round(given.elements * share) }
  }
}

function scaledWork(operator: OperatorSummary, share: number): OperatorSummary {
  const { vectorOps } = operator
  return share === 1 || vectorOps === null ? operator : { ...operator, vectorOps: Math.round(vectorOps * share) }
}
