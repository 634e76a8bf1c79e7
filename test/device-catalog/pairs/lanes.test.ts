import { expect, test } from 'vitest'
import { catalogContext } from '../../../calibration/evidence/load.ts'
import { readPair } from '../../../device-catalog/pairs/pair.ts'
import { questionOf } from '../../../device-catalog/pairs/question.ts'

const context = catalogContext()

function questionFor(rest: Readonly<Record<string, string>>) {
  const row: Record<string, string> = {
    preset_id: 'resnet18',
    device_id: 'vck190',
    compute_unit: 'npu',
    runtime: 'vitis-ai',
    precision: 'int8',
    latency_kind: 'pipelined',
    ...rest,
  }
  return questionOf(
    readPair((column) => row[column] ?? ''),
    context,
  )
}

test('a pair that states no batch fills the lanes that its unit has in its state', async () => {
  const whole = await questionFor({})
  expect(whole.request.batch).toBe(6)
  expect(whole.remarks).toContain('batch 6: a run fills the lanes of the unit')
  expect((await questionFor({ power_mode: '96 AIE @1333MHz' })).request.batch).toBe(3)
  expect((await questionFor({ batch: '1' })).request.batch).toBe(1)
  expect((await questionFor({ device_id: 'zcu104' })).request.batch).toBe(1)
})
