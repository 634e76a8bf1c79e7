/** Positions on a map as sines and cosines of their row and column. Source: facebookresearch/detr models/position_encoding.py. */
import type { GraphBuilder, Tensor } from '../../simulator/build/builder.ts'
import { table } from './cells.ts'

/** [1, rows · columns, width]: half of the width for the row, half for the column, each with a full turn over the map. */
export function sinePositions(g: GraphBuilder, rows: number, columns: number, width: number): Tensor {
  const half = width / 2
  const ofRows = g.expand(g.unsqueeze(waves(g, rows, half), [1]), [rows, columns, half])
  const ofColumns = g.expand(g.unsqueeze(waves(g, columns, half), [0]), [rows, columns, half])
  return g.reshape(g.concat([ofRows, ofColumns], 2), [1, rows * columns, width])
}

/** [positions, width]: sine and cosine in turn, at frequencies from 1 to 1 / 10000. */
function waves(g: GraphBuilder, positions: number, width: number): Tensor {
  const counted = table(
    g,
    Array.from({ length: positions }, (_, index) => index + 1),
    [positions, 1],
  )
  const frequencies = width / 2
  const exponents = table(g, [...Array(frequencies).keys()], [1, frequencies])
  const wavelengths = g.node('Pow', [g.scalar(10000), g.scale(exponents, 1 / frequencies)])
  const angles = g.unsqueeze(g.div(g.scale(counted, (2 * Math.PI) / positions), wavelengths), [2])
  return g.reshape(g.concat([g.node('Sin', [angles]), g.node('Cos', [angles])], 2), [positions, width])
}
