/** Says so where a network runs under a runtime that is made for networks of the other kind. */

import type { NetworkKind } from '../cost/network-kind.ts'
import type { GraphSummary } from '../graph/summary.ts'
import { preferencesOf } from '../hardware/model-preferences.ts'
import { takesNetwork } from '../hardware/runtime.ts'
import type { Target } from '../hardware/target.ts'
import { type Problem, problem } from '../problem.ts'

const networks: Readonly<Record<NetworkKind, string>> = {
  language: 'language models',
  other: 'networks that are no language models',
}

/** `null` where the runtime takes such networks. The figures stand, as those of the hardware if the runtime took them. */
export function madeForWarning({ device, runtime }: Target, summary: GraphSummary): Problem | null {
  const { network } = preferencesOf(summary)
  if (takesNetwork(runtime, network)) return null
  const taking = device.units.flatMap(({ runtimes }) => runtimes.filter((each) => takesNetwork(each, network)))
  const made = [...new Set(taking.map(({ id }) => id))].join(', ')
  const fix =
    made === ''
      ? `Choose a device with a runtime that takes ${networks[network]}; this one has none.`
      : `Choose a runtime that takes ${networks[network]}: ${made}.`
  return problem('runtime-not-for-network', fix, {
    where: 'runtime',
    expected: networks[network],
    received: runtime.id,
  })
}
