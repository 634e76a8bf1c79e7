/** Columns of the table of layers, and layers by the class of their operator. Unknown sorts last in both directions. */
import { type Amounts, type Layer, sumAmounts } from '../../../simulator/graph/diff.ts'
import type { OperatorClass } from '../../../simulator/graph/summary.ts'

export const layerColumns = ['order', 'name', 'op', 'params', 'macs', 'weightBytes', 'activationBytes'] as const
export type LayerColumn = (typeof layerColumns)[number]

export interface LayerSort {
  readonly column: LayerColumn
  readonly descending: boolean
}

export interface IndexedLayer {
  readonly index: number
  readonly layer: Layer
}

export function sortLayers(layers: readonly Layer[], { column, descending }: LayerSort): readonly IndexedLayer[] {
  const sign = descending ? -1 : 1
  return layers
    .map((layer, index) => ({ index, layer, key: column === 'order' ? index : layer[column] }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || a.index - b.index
      return a.key === b.key ? a.index - b.index : a.key < b.key ? -sign : sign
    })
}

export interface ClassAmounts extends Amounts {
  readonly class: OperatorClass
  readonly layers: number
}

/** Most MACs first, then most bytes. */
export function byClass(layers: readonly Layer[]): readonly ClassAmounts[] {
  const classes = new Map<OperatorClass, ClassAmounts>()
  for (const layer of layers) {
    const known = classes.get(layer.class)
    const amounts = known === undefined ? layer : sumAmounts(known, layer)
    const { params, macs, weightBytes, activationBytes } = amounts
    classes.set(layer.class, {
      class: layer.class,
      layers: (known?.layers ?? 0) + 1,
      params,
      macs,
      weightBytes,
      activationBytes,
    })
  }
  return [...classes.values()].sort(
    (a, b) => (b.macs ?? Infinity) - (a.macs ?? Infinity) || (b.activationBytes ?? 0) - (a.activationBytes ?? 0),
  )
}
