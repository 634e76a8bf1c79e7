/** Path aggregation: down the pyramid by enlargement, then up again by strided layers. Source: arXiv:1803.01534. */
import type { GraphBuilder, Tensor } from '../../simulator/build/builder.ts'

/** One step of the neck; `level` counts from the finest map. */
type Step = (x: Tensor, level: number) => Tensor

export interface PathAggregationSteps {
  /** Before a map is enlarged; its result also meets the upward path. Default none. */
  readonly reduce?: Step
  /** To twice the resolution. Default nearest neighbour. */
  readonly enlarge?: Step
  /** What the backbone's map of `level` adds to the enlarged one. Default itself. */
  readonly lateral?: (map: Tensor, level: number) => readonly Tensor[]
  /** On the joined maps, on the way down and on the way up. */
  readonly topDown: Step
  readonly bottomUp: Step
  /** To half the resolution. */
  readonly shrink: Step
}

/** Backbone maps, finest first → as many maps of the neck. */
export function pathAggregation(g: GraphBuilder, maps: readonly Tensor[], steps: PathAggregationSteps): Tensor[] {
  const { reduce = (x) => x, enlarge = (x) => g.upsample(x, 2), lateral = (map) => [map] } = steps
  const [coarsest, ...finer] = maps.toReversed()
  if (coarsest === undefined) throw new Error('a pyramid has maps')
  let x = coarsest
  const met: Tensor[] = []
  finer.forEach((map, index) => {
    const level = finer.length - 1 - index
    x = g.within(`down${level}`, () => {
      const reduced = reduce(x, level + 1)
      met.push(reduced)
      return steps.topDown(g.concat([enlarge(reduced, level + 1), ...lateral(map, level)], 1), level)
    })
  })
  const results = [x]
  met.toReversed().forEach((other, level) => {
    x = g.within(`up${level + 1}`, () => steps.bottomUp(g.concat([steps.shrink(x, level), other], 1), level + 1))
    results.push(x)
  })
  return results
}
