/**
 * Bidirectional feature pyramid: all levels exchanged down and up, each sum followed by a separable convolution.
 *
 * Source: arXiv:1911.09070 section 3; google/automl efficientdet/tf2/efficientdet_keras.py, fpn_configs.py.
 */
import { type Activation, dimOf, type GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import { separable } from './separable.ts'

export interface BifpnOptions {
  readonly width: number
  readonly activation: Activation
  /** Inputs of a sum have weights (normalised, hence constants of the deployed graph) or count alike. */
  readonly weighted: boolean
}

/** Adds two levels: the coarsest map at `width` and half the resolution, and a quarter. */
export function withCoarserLevels(g: GraphBuilder, maps: readonly Tensor[], { width }: BifpnOptions): Tensor[] {
  const coarsest = maps.at(-1)
  if (coarsest === undefined) throw new Error('a backbone has maps')
  const sixth = halved(g, resized(g, coarsest, width))
  return [...maps, sixth, halved(g, sixth)]
}

/** One exchange; maps finest first, afterwards all `width` channels wide. */
export function bifpn(g: GraphBuilder, maps: readonly Tensor[], options: BifpnOptions): Tensor[] {
  const own = (level: number) => resized(g, at(maps, level), options.width)
  const last = maps.length - 1
  const descended: Tensor[] = []
  descended[last] = own(last)
  for (let level = last - 1; level >= 0; level--) {
    descended[level] = g.within(`down${level}`, () => {
      const map = own(level)
      return fused(g, [map, enlarged(g, at(descended, level + 1), map)], options)
    })
  }
  const results = [at(descended, 0)]
  for (let level = 1; level <= last; level++) {
    results[level] = g.within(`up${level}`, () => {
      const finer = halved(g, at(results, level - 1))
      // Levels with a node on the way down meet their own input once more, through a 1×1 of its own.
      const inputs = level === last ? [at(descended, last), finer] : [own(level), at(descended, level), finer]
      return fused(g, inputs, options)
    })
  }
  return results
}

function fused(g: GraphBuilder, inputs: readonly Tensor[], { width, activation, weighted }: BifpnOptions): Tensor {
  const terms = weighted ? inputs.map((map) => g.mul(map, g.weight([1]))) : inputs
  const sum = terms.reduce((total, term) => g.add(total, term))
  return separable(g, g.activate(sum, activation), { out: width, kernel: 3, pad: 'same', bias: false })
}

function resized(g: GraphBuilder, map: Tensor, width: number): Tensor {
  return g.channels(map) === width ? map : g.conv(map, { out: width, kernel: 1 })
}

function halved(g: GraphBuilder, map: Tensor): Tensor {
  return g.maxPool(map, { kernel: 3, stride: 2, pad: 'same' })
}

function enlarged(g: GraphBuilder, map: Tensor, like: Tensor): Tensor {
  return g.resize(map, { to: [dimOf(like.shape, 2), dimOf(like.shape, 3)], mode: 'nearest' })
}

function at(maps: readonly Tensor[], level: number): Tensor {
  const map = maps[level]
  if (map === undefined) throw new Error(`no level ${level}`)
  return map
}
