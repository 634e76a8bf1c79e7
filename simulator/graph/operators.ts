/** The operator registry: one vocabulary for every file format, name → entry. */
import type { Graph } from './graph.ts'
import type { Operator } from './operator.ts'
import { type OperatorEntry, type OperatorFacts, type OperatorFamily, unknownOperator } from './operator-entry.ts'
import { acceleratorOperators } from './operators/accelerator.ts'
import { activationOperators } from './operators/activation.ts'
import { attentionOperators } from './operators/attention.ts'
import { classicalOperators } from './operators/classical.ts'
import { convolutionOperators } from './operators/convolution.ts'
import { detectionOperators } from './operators/detection.ts'
import { elementwiseOperators } from './operators/elementwise.ts'
import { expertOperators } from './operators/experts.ts'
import { gatherOperators } from './operators/gather.ts'
import { generateOperators } from './operators/generate.ts'
import { layoutOperators } from './operators/layout.ts'
import { matmulOperators } from './operators/matmul.ts'
import { normalizationOperators } from './operators/normalization.ts'
import { poolingOperators } from './operators/pooling.ts'
import { quantizationOperators } from './operators/quantization.ts'
import { recurrentOperators } from './operators/recurrent.ts'
import { reductionOperators } from './operators/reduction.ts'
import { resizeOperators } from './operators/resize.ts'
import { sequenceOperators } from './operators/sequence.ts'
import { signalOperators } from './operators/signal.ts'
import { stateOperators } from './operators/state.ts'
import { textOperators } from './operators/text.ts'
import { trainingOperators } from './operators/training.ts'
import { viewOperators } from './operators/view.ts'

const families: readonly OperatorFamily[] = [
  acceleratorOperators,
  activationOperators,
  convolutionOperators,
  elementwiseOperators,
  expertOperators,
  gatherOperators,
  generateOperators,
  layoutOperators,
  matmulOperators,
  normalizationOperators,
  poolingOperators,
  quantizationOperators,
  reductionOperators,
  resizeOperators,
  attentionOperators,
  classicalOperators,
  detectionOperators,
  recurrentOperators,
  sequenceOperators,
  signalOperators,
  stateOperators,
  textOperators,
  trainingOperators,
  viewOperators,
]

const registry = new Map<string, OperatorEntry>(families.flatMap((family) => Object.entries(family)))

/** `null` for an operator this project does not know. */
export function findOperator(key: string): OperatorEntry | null {
  return registry.get(key) ?? null
}

/** Facts by registry key; summaries from outside may name what the registry does not hold. */
export function factsOf(op: string): OperatorFacts {
  return registry.get(op) ?? unknownOperator
}

/** As `findOperator`, for an operator that the graph's file may name otherwise. */
export function operatorIn(graph: Graph, key: string): Operator | null {
  return graph.dialect?.operators.get(key) ?? findOperator(key)
}

/** Every operator known, sorted. */
export function operatorKeys(): string[] {
  return [...registry.keys()].sort()
}
