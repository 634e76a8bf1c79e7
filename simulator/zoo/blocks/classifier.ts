/** The usual end of an image classifier: mean over the map, one linear layer. */
import type { Graph } from '../../graph/graph.ts'
import type { GraphBuilder, Tensor } from '../builder.ts'

/** x [N, C, H, W] → the finished graph with `logits` [N, classes]. */
export function classifier(g: GraphBuilder, x: Tensor, classes = 1000): Graph {
  return g.finish({ logits: g.gemm(g.flatten(g.globalAveragePool(x)), { out: classes }) })
}
