/** Computes an explanation again from its leaves. */
import type { Explanation } from '../../simulator/predict/prediction.ts'

/** The value that the inputs give; of a leaf its own. */
function recomputed({ operation, exponent, value, inputs }: Explanation): number {
  const values = inputs.map((input) => input.value)
  if (operation === 'sum') return values.reduce((total, each) => total + each, 0)
  if (operation === 'product') return values.reduce((total, each) => total * each, 1)
  if (operation === 'leaf') return value
  const largest = Math.max(...values)
  if (largest === 0 || exponent == null) return largest
  return largest * values.reduce((total, each) => total + (each / largest) ** exponent, 0) ** (1 / exponent)
}

/** Every node of the tree. */
export function nodesOf(tree: Explanation): Explanation[] {
  return [tree, ...tree.inputs.flatMap(nodesOf)]
}

/** The largest relative difference between a value and what its inputs give, and where it is. */
export function worstMismatch(tree: Explanation): { readonly error: number; readonly at: string } {
  let worst = { error: 0, at: '' }
  for (const node of nodesOf(tree)) {
    const again = recomputed(node)
    const error = again === node.value ? 0 : Math.abs(again - node.value) / Math.max(Math.abs(node.value), 1e-30)
    if (!(error <= worst.error)) worst = { error, at: `${node.formula} ${node.quantity}: ${again} for ${node.value}` }
  }
  return worst
}
