/** Cells of detection maps: where they are, and boxes given by distances from their centres. */
import { dimOf, type GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'

/** Whole numbers that belong to the decoding and are no weights: an int64 table, cast. */
export function table(g: GraphBuilder, elements: readonly number[], dims: readonly number[]): Tensor {
  return g.cast(g.constant(elements, dims, 'int64'), 'float32')
}

/** Pixels per cell. */
export const strideOf = (image: Tensor, map: Tensor): number => dimOf(image.shape, 2) / dimOf(map.shape, 2)

export interface Cells {
  /** Centres in cells of their own map: [1, 2, cells]. */
  readonly centres: Tensor
  /** Pixels per cell: [1, 1, cells]. */
  readonly strides: Tensor
}

/** All cells of `maps`, finest map first. */
export function cellsOf(g: GraphBuilder, image: Tensor, maps: readonly Tensor[]): Cells {
  const count = maps.reduce((sum, { shape }) => sum + dimOf(shape, 2) * dimOf(shape, 3), 0)
  const corners = new Array<number>(2 * count)
  const strides = new Array<number>(count)
  let cell = 0
  for (const map of maps) {
    const [height, width] = [dimOf(map.shape, 2), dimOf(map.shape, 3)]
    const stride = strideOf(image, map)
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        corners[cell] = column
        corners[count + cell] = row
        strides[cell] = stride
        cell++
      }
    }
  }
  return {
    centres: g.add(table(g, corners, [1, 2, count]), g.scalar(0.5)),
    strides: table(g, strides, [1, 1, count]),
  }
}

/** Distances [N, 4, cells] to left, top, right, bottom in cells → boxes [N, 4, cells] in pixels. */
export function boxesFromDistances(
  g: GraphBuilder,
  distances: Tensor,
  { centres, strides }: Cells,
  form: 'centre' | 'corners',
): Tensor {
  const [before, after] = g.split(distances, [2, 2], 1)
  if (before === undefined || after === undefined) throw new Error('Split has two outputs')
  const start = g.sub(centres, before)
  const end = g.add(centres, after)
  const box = form === 'corners' ? [start, end] : [g.scale(g.add(start, end), 0.5), g.sub(end, start)]
  return g.mul(g.concat(box, 1), strides)
}

/** Maps [N, C, h, w] of all levels → [N, C, cells]. */
export function flattened(g: GraphBuilder, maps: readonly Tensor[]): Tensor {
  return g.concat(
    maps.map((map) => {
      const [n, c, h, w] = [dimOf(map.shape, 0), dimOf(map.shape, 1), dimOf(map.shape, 2), dimOf(map.shape, 3)]
      return g.reshape(map, [n, c, h * w])
    }),
    2,
  )
}
