/** Feature pyramids that add: every map receives what the coarser ones saw. Source: arXiv:1612.03144 section 3. */
import { dimOf, type GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'

/** One step of the pyramid; `level` counts from the finest map. */
type Step = (x: Tensor, level: number) => Tensor

export interface TopDownSteps {
  /** The backbone's map as it is added. */
  readonly lateral: Step
  /** On each sum before it is enlarged further. Default none. */
  readonly merge?: Step
  /** Default nearest neighbour. */
  readonly enlarge?: 'nearest' | 'linear'
}

/** Backbone maps, finest first → as many maps of the pyramid, in the same order. */
export function topDown(g: GraphBuilder, maps: readonly Tensor[], steps: TopDownSteps): Tensor[] {
  const { lateral, merge = (sum) => sum, enlarge = 'nearest' } = steps
  const results: Tensor[] = []
  for (let level = maps.length - 1; level >= 0; level--) {
    const map = maps[level]
    if (map === undefined) continue
    const coarser = results[0]
    const own = g.within(`lateral${level}`, () => lateral(map, level))
    if (coarser === undefined) {
      results.push(own)
      continue
    }
    const enlarged = g.resize(coarser, { to: [dimOf(own.shape, 2), dimOf(own.shape, 3)], mode: enlarge })
    results.unshift(g.within(`merge${level}`, () => merge(g.add(own, enlarged), level)))
  }
  return results
}

/** The way back: every map receives the finer ones. `shrink` halves the result of `level`. */
export function bottomUp(g: GraphBuilder, maps: readonly Tensor[], shrink: Step): Tensor[] {
  const results: Tensor[] = []
  maps.forEach((map, level) => {
    const finer = results.at(-1)
    results.push(finer === undefined ? map : g.within(`up${level}`, () => g.add(map, shrink(finer, level - 1))))
  })
  return results
}
