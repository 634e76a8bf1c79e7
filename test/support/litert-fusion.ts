/**
 * What TFLite with XNNPACK states that it fuses, for counting the layers that it reports. Sources: TensorFlow
 * compiler/mlir/lite/transforms/optimize.cc, google/XNNPACK src/subgraph.c.
 */
import type { FusionProfile } from '../../simulator/cost/fusion-profiles.ts'

const converter = 'tensorflow/tensorflow tensorflow/compiler/mlir/lite/transforms/optimize.cc'
const xnnpack = 'google/XNNPACK src/subgraph.c xnn_subgraph_fusion'

export const litertFusion: FusionProfile = {
  id: 'litert',
  rules: [
    { anchors: ['product'], absorbs: ['batch-norm', 'constant-operand'], source: converter },
    { anchors: ['product', 'pointwise', 'pooling'], absorbs: ['clamp'], source: xnnpack },
    { anchors: ['product'], absorbs: ['activation'], operators: ['Tanh'], source: converter },
  ],
  fanOut: null,
  concatInPlace: null,
}
