import { describe, expect, test } from 'vitest'
import { anchoredAxes, anchorWorth } from '../../../calibration/validation/anchors.ts'
import { validationReport } from '../../../device-catalog/validation.ts'
import { validationSchema } from '../../../worker/contract/validation.ts'
import { fourPresets, measuredRows, threeDevices } from './measured-rows.ts'

describe('the worth of an anchor', () => {
  test.for(anchoredAxes)(
    'is examined on every row that has another of its runtime and precision (new %s)',
    async (axis) => {
      // Different on every device: equal ones would be copies, held out together.
      const specs = fourPresets.flatMap((preset_id, network) =>
        threeDevices.map((device_id, device) => ({ preset_id, device_id, latency_ms: 100 + 10 * network + device })),
      )
      const worth = anchorWorth(await measuredRows(specs), axis)
      expect(worth).not.toBeNull()
      expect(worth?.rows).toBeLessThanOrEqual(specs.length)
      expect(worth?.without.halfWidth80Factor).toBeGreaterThan(1)
    },
  )

  test('is not stated where no row has another', async () => {
    expect(
      anchorWorth(await measuredRows([{ preset_id: 'resnet18', device_id: 'rk3588', latency_ms: 40 }]), 'model'),
    ).toBeNull()
  })

  test('stands in the committed report: the error falls, and an anchor off by ten is refused', () => {
    const { splits } = validationSchema.parse(validationReport)
    for (const axis of anchoredAxes) {
      const { anchors } = splits[axis]
      if (anchors === null) throw new Error('Run: npm run validate')
      expect(anchors.with.mdApe).toBeLessThan(anchors.without.mdApe)
      expect(anchors.refusedOffByTenShare).toBeGreaterThan(0.9)
    }
  })
})
