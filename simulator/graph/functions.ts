/** Local functions: a call is replaced by the function's body, in a scope of its own. */
import type { BoundNode } from './bound.ts'
import type { Attribute, LocalFunction, Node } from './graph.ts'
import { nestedIn, type Scope, type Walk } from './scope.ts'

/** Executes the body of `called` in place of `call`. */
export function inlineFunction(
  walk: Walk,
  scope: Scope,
  call: Node,
  called: LocalFunction,
  executed: BoundNode[],
): void {
  const inner = walk.openScope(called.body, {
    ...nestedIn(scope),
    parent: null, // a function sees nothing outside
    callAttributes: { ...called.defaults, ...call.attributes },
  })
  for (const [index, name] of called.body.inputs.entries()) {
    const value = walk.resolve(scope, call.inputs[index] ?? null)
    if (value !== null) walk.alias(inner, name, value)
  }
  walk.run(inner, executed)
  for (const [index, name] of call.outputs.entries()) {
    const value = walk.resolve(inner, called.body.outputs[index] ?? null)
    if (name !== null && value !== null) walk.alias(scope, name, value)
  }
}

/** The node with every attribute reference replaced by what the caller gives; without a value it is left out. */
export function resolveReferences(node: Node, given: Readonly<Record<string, Attribute>>): Node {
  const entries = Object.entries(node.attributes)
  if (!entries.some(([, value]) => isReference(value))) return node
  const attributes: Record<string, Attribute> = {}
  for (const [name, value] of entries) {
    const resolved = !isReference(value) ? value : Object.hasOwn(given, value.name) ? given[value.name] : undefined
    if (resolved !== undefined) attributes[name] = resolved
  }
  return { ...node, attributes }
}

function isReference(value: Attribute): value is Extract<Attribute, { readonly kind: 'reference' }> {
  return typeof value === 'object' && !Array.isArray(value) && 'kind' in value && value.kind === 'reference'
}
