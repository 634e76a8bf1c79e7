/** The section Anchors of docs/accuracy.md. */
import type { AnchorWorth } from './anchors.ts'

const names = { model: 'new network, anchored on another device', device: 'new device, anchored with another network' }

export function anchorsMarkdown(worths: readonly AnchorWorth[]): string {
  return [
    '### Anchors',
    'Every held-out latency without and with one other held-out run of the same runtime and precision as an anchor ([CAL-5](method/calibration.md)). *Refused*: anchors that were taken for wrong, as measured and off by ten.',
    [
      '| anchor | rows | MdAPE without | with | 80 % covers without | with | half-width without | with | refused | refused, × 10 |',
      '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
      ...worths.map((worth) =>
        [
          '',
          names[worth.axis],
          worth.rows.toLocaleString('en-US'),
          percent(worth.mdApeWithout),
          percent(worth.mdApeWith),
          percent(worth.covers80Without),
          percent(worth.covers80With),
          `×${worth.halfWidthWithout.toPrecision(3)}`,
          `×${worth.halfWidthWith.toPrecision(3)}`,
          percent(worth.refusedShare),
          percent(worth.refusedOffByTen),
          '',
        ]
          .join(' | ')
          .trim(),
      ),
    ].join('\n'),
  ].join('\n\n')
}

function percent(share: number): string {
  return `${(100 * share).toPrecision(2)} %`
}
