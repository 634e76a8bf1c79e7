/**
 * Generators of the ESRGAN line: residual dense blocks (ESRGAN, Real-ESRGAN) and the compact stack (Real-ESRGAN general).
 *
 * Figures: weights, biases and slopes as published; the networks have no norms.
 * Sources: arXiv:1809.00219, 2107.10833; xinntao/Real-ESRGAN (BasicSR basicsr/archs/rrdbnet_arch.py,
 * realesrgan/archs/srvgg_arch.py).
 */

import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'

interface RrdbnetConfig {
  readonly width: number
  /** Channels that each convolution of a dense block adds. */
  readonly growth: number
  readonly blocks: number
  /** How often the result is doubled. */
  readonly doublings: number
}

/** Residuals of blocks are added at this share. */
const residualScale = 0.2

export function rrdbnet(g: GraphBuilder, image: Tensor, config: RrdbnetConfig): Tensor {
  const { width, blocks, doublings } = config
  const first = g.conv(image, { out: width, kernel: 3 })
  let x = first
  for (let block = 0; block < blocks; block++) {
    x = g.within(`block${block}`, () => residualOfDense(g, x, config))
  }
  x = g.add(first, g.conv(x, { out: width, kernel: 3 }))
  for (let step = 0; step < doublings; step++) x = leaky(g, g.conv(g.upsample(x, 2), { out: width, kernel: 3 }))
  return g.conv(leaky(g, g.conv(x, { out: width, kernel: 3 })), { out: g.channels(image), kernel: 3 })
}

/** Three dense blocks, and a residual around them. */
function residualOfDense(g: GraphBuilder, x: Tensor, config: RrdbnetConfig): Tensor {
  let y = x
  for (let index = 0; index < 3; index++) y = g.within(`dense${index}`, () => dense(g, y, config))
  return g.add(g.scale(y, residualScale), x)
}

/** Five convolutions, each on the input and everything before it. */
function dense(g: GraphBuilder, x: Tensor, { width, growth }: RrdbnetConfig): Tensor {
  const known = [x]
  const joined = () => (known.length === 1 ? x : g.concat(known, 1))
  for (let index = 0; index < 4; index++) known.push(leaky(g, g.conv(joined(), { out: growth, kernel: 3 })))
  return g.add(g.scale(g.conv(joined(), { out: width, kernel: 3 }), residualScale), x)
}

const leaky = (g: GraphBuilder, x: Tensor): Tensor => g.leakyRelu(x, 0.2)

interface CompactConfig {
  readonly width: number
  /** Convolutions between the first and the last. */
  readonly depth: number
  readonly scale: number
}

export function compactGenerator(g: GraphBuilder, image: Tensor, { width, depth, scale }: CompactConfig): Tensor {
  let x = g.prelu(g.conv(image, { out: width, kernel: 3 }))
  for (let index = 0; index < depth; index++) x = g.prelu(g.conv(x, { out: width, kernel: 3 }))
  const pixels = g.depthToSpace(g.conv(x, { out: g.channels(image) * scale ** 2, kernel: 3 }), scale)
  const to = [dimOf(image.shape, 2) * scale, dimOf(image.shape, 3) * scale]
  return g.add(pixels, g.resize(image, { to, mode: 'nearest' }))
}

const preset = (citation: string, build: (g: GraphBuilder, image: Tensor) => Tensor): Preset => ({
  family: 'super_resolution',
  task: 'super-resolution',
  inputShape: [1, 3, 128, 128],
  citation,
  build: (name, shape): Graph => {
    const g = new GraphBuilder(name)
    return g.finish({ image: build(g, g.input('input', shape)) })
  },
})

export const esrganPresets: PresetTable = {
  'esrgan-x4': preset('arXiv:1809.00219; BasicSR basicsr/archs/rrdbnet_arch.py', (g, image) =>
    rrdbnet(g, image, { width: 64, growth: 32, blocks: 23, doublings: 2 }),
  ),
  'real-esrgan-general-x4v3': preset(
    'arXiv:2107.10833; xinntao/Real-ESRGAN realesrgan/archs/srvgg_arch.py',
    (g, image) => compactGenerator(g, image, { width: 64, depth: 32, scale: 4 }),
  ),
}
