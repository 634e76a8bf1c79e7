/** Operators that contain graphs and decide how often they run. */
import type { BoundNode } from './bound.ts'
import { executeCase, executeIf } from './control/branches.ts'
import { executeCalledGraph } from './control/called-graph.ts'
import { executeLoop } from './control/loop.ts'
import { executeNetworkLoop } from './control/network-loop.ts'
import { executeScan } from './control/scan.ts'
import { executeSequenceMap } from './control/sequence-map.ts'
import { executeWhile } from './control/while.ts'
import type { ControlKind, Dialect } from './dialect.ts'
import type { Node } from './graph.ts'
import type { Scope, Walk } from './scope.ts'

type Execute = (walk: Walk, scope: Scope, node: Node, executed: BoundNode[]) => void

const rules: Readonly<Record<ControlKind, Execute>> = {
  if: executeIf,
  case: executeCase,
  loop: executeLoop,
  scan: executeScan,
  'sequence-map': executeSequenceMap,
  while: executeWhile,
  'counted-loop': executeNetworkLoop,
  call: executeCalledGraph,
}

/** Of the registry's own vocabulary. */
const standard = new Map<string, ControlKind>([
  ['If', 'if'],
  ['Loop', 'loop'],
  ['Scan', 'scan'],
  ['SequenceMap', 'sequence-map'],
])

/** `null` = no control flow. */
export function controlKindOf(key: string, dialect: Dialect | null): ControlKind | null {
  return dialect?.control.get(key) ?? standard.get(key) ?? null
}

export function executeControlFlow(
  kind: ControlKind,
  walk: Walk,
  scope: Scope,
  node: Node,
  executed: BoundNode[],
): void {
  rules[kind](walk, scope, node, executed)
}
