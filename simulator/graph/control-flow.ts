/** Operators that contain graphs and decide how often they run. */
import type { BoundNode } from './bound.ts'
import { executeCase, executeIf } from './control/branches.ts'
import { executeCalledGraph } from './control/called-graph.ts'
import { executeLoop } from './control/loop.ts'
import { executeNetworkLoop } from './control/network-loop.ts'
import { executeScan } from './control/scan.ts'
import { executeSequenceMap } from './control/sequence-map.ts'
import { executeWhile } from './control/while.ts'
import { type Node, operatorKey } from './graph.ts'
import type { Scope, Walk } from './scope.ts'

type Execute = (walk: Walk, scope: Scope, node: Node, executed: BoundNode[]) => void

const rules = new Map<string, Execute>([
  ['If', executeIf],
  ['Loop', executeLoop],
  ['Scan', executeScan],
  ['SequenceMap', executeSequenceMap],
  ['coreml.branch', executeIf],
  ['coreml.loop', executeNetworkLoop],
  ['mil.cond', executeIf],
  ['mil.while_loop', executeWhile],
  ['tflite.IF', executeIf],
  ['tflite.STABLEHLO_CASE', executeCase],
  ['tflite.WHILE', executeWhile],
  ['tflite.STABLEHLO_WHILE', executeWhile],
  ['tflite.CALL', executeCalledGraph],
  ['tflite.STABLEHLO_COMPOSITE', executeCalledGraph],
])

export function isControlFlow(key: string): boolean {
  return rules.has(key)
}

export function executeControlFlow(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  rules.get(operatorKey(node))?.(walk, scope, node, executed)
}
