/** The usual end of an image classifier: mean over the map, one linear layer. */

import type { GraphBuilder, Tensor } from '../../simulator/build/builder.ts'
import type { Graph } from '../../simulator/graph/graph.ts'

/** x [N, C, H, W] → the finished graph with `logits` [N, classes]. */
export function classifier(g: GraphBuilder, x: Tensor, classes = 1000): Graph {
  return g.finish({ logits: g.gemm(g.flatten(g.globalAveragePool(x)), { out: classes }) })
}
