/** The section Anchors of docs/accuracy.md. */

import type { ValidationReport } from '../../worker/contract/validation.ts'
import { anchoredAxes } from './anchors.ts'

const names = { model: 'new network, anchored on another device', device: 'new device, anchored with another network' }

export function anchorsMarkdown({ splits }: Pick<ValidationReport, 'splits'>): string {
  return [
    '### Anchors',
    'Every held-out latency without and with one other held-out run of the same runtime and precision as an anchor ([CAL-5](method/calibration.md)). *Refused*: anchors that were taken for wrong, as measured and off by ten.',
    [
      '| anchor | rows | MdAPE without | with | 80 % covers without | with | half-width without | with | refused | refused, × 10 |',
      '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
      ...anchoredAxes.flatMap((axis) => {
        const { anchors } = splits[axis]
        if (anchors === null) return []
        const cells = [
          names[axis],
          anchors.rows.toLocaleString('en-US'),
          percent(anchors.without.mdApe),
          percent(anchors.with.mdApe),
          percent(anchors.without.coverage80Share),
          percent(anchors.with.coverage80Share),
          `×${anchors.without.halfWidth80Factor.toPrecision(3)}`,
          `×${anchors.with.halfWidth80Factor.toPrecision(3)}`,
          percent(anchors.refusedShare),
          percent(anchors.refusedOffByTenShare),
        ]
        return [`| ${cells.join(' | ')} |`]
      }),
    ].join('\n'),
  ].join('\n\n')
}

function percent(share: number): string {
  return `${(100 * share).toPrecision(2)} %`
}
