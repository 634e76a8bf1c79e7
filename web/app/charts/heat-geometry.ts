/** Minutes of heat as two plots over one axis: latency above, temperatures below. */
import type { Sustained } from '../../../simulator/decide/sustained.ts'
import { type Domain, linearDomain } from './scale.ts'

export interface HeatPlot {
  readonly minutes: number
  readonly latency: Domain
  /** From the surroundings to above the limit that is nearest, so that cold devices do not look hot. */
  readonly temperature: Domain
  readonly limits: readonly { readonly name: 'surfaceLimitC' | 'dieLimitC'; readonly celsius: number }[]
}

const temperatureStep = 10

export function heatPlot({ minutes, constants }: Sustained): HeatPlot {
  const value = (name: string) => constants.find((constant) => constant.name === name)?.value
  const limits = (['surfaceLimitC', 'dieLimitC'] as const).flatMap((name) => {
    const celsius = value(name)
    return celsius === undefined ? [] : [{ name, celsius }]
  })
  const hottest = Math.max(...minutes.flatMap(({ dieC, surfaceC }) => [dieC, surfaceC]))
  const coldest = Math.min(value('ambientC') ?? 25, ...minutes.map(({ surfaceC }) => surfaceC))
  const nearest = limits.find(({ celsius }) => celsius >= hottest)?.celsius ?? hottest
  return {
    minutes: minutes.length,
    latency: linearDomain(minutes.map(({ latencyMs }) => latencyMs)),
    temperature: [
      Math.floor(coldest / temperatureStep) * temperatureStep,
      Math.ceil((Math.max(hottest, nearest) + 1) / temperatureStep) * temperatureStep,
    ],
    limits,
  }
}
