import { describe, expect, test } from 'vitest'
import { readVelaOperator } from '../../../oracles/vela/operator.ts'
import { type BlockRequest, chooseBlock } from '../../../simulator/hardware/ethos-u-block.ts'
import { ethosUVariants } from '../../../simulator/hardware/ethos-u-variants.ts'
import { type GoldenRow, readGolden, readReference } from '../../golden/read-golden.ts'

/** In a cascade the compiler has further candidates; copies have no block. */
function isAlone({ cascade, block_type }: GoldenRow): boolean {
  return cascade === '0' && block_type !== 'Dma'
}

function chosen(row: GoldenRow): string {
  const { ofm } = readVelaOperator((column) => (column.endsWith('_block') ? '' : (row[column] ?? '')), 'row')
  return `1x${ofm.block.height}x${ofm.block.width}x${ofm.block.depth}`
}

describe('blocks that Vela itself has chosen', () => {
  const rows = readGolden('vela').filter(isAlone)
  test.for(rows)('$model $accelerator #$op_index $npu_op — $source', (row) => {
    expect(chosen(row)).toBe(row.ofm_block)
  })

  const reference = readReference('vela_layers').filter(isAlone)

  test.skipIf(reference.length === 0)('of every operator at hand (skipped where the table is absent)', () => {
    const asked = [
      'accelerator',
      'stripe',
      'block_type',
      'ifm',
      'ifm2',
      'ofm',
      'ifm_bits',
      'kernel_h',
      'kernel_w',
      'stride_y',
    ]
    const key = (row: GoldenRow) =>
      [...asked, 'stride_x', 'dilation_y', 'activation', 'acc_type', 'is_partkernel'].map((each) => row[each]).join()
    const different = new Map(reference.map((row) => [key(row), row]))
    for (const row of different.values()) expect([key(row), chosen(row)]).toEqual([key(row), row.ofm_block])
    expect(different.size).toBeGreaterThan(900)
  })

  const cascaded = readReference('vela_layers').filter(({ cascade }) => cascade !== '0')

  test.skipIf(cascaded.length === 0)('of nine in ten operators in cascades (skipped where the table is absent)', () => {
    const same = cascaded.filter((row) => chosen(row) === row.ofm_block)
    expect(same.length / cascaded.length).toBeGreaterThan(0.9)
  })
})

describe('a block', () => {
  const request: BlockRequest = {
    use: 'convolution',
    ifm: { height: 56, width: 56, depth: 64 },
    ofm: { height: 56, width: 56, depth: 64 },
    inputBits: 8,
    sumBits: 32,
    window: { height: 3, width: 3 },
    stride: { height: 1, width: 1 },
    dilation: { height: 1, width: 1 },
    isPartKernel: false,
    hasSecondInput: false,
    hasTable: false,
  }

  test.for(Object.entries(ethosUVariants))('of the %s is whole micro-blocks', ([, { microBlock, sharedMemory }]) => {
    const block = chooseBlock(request, microBlock, sharedMemory)
    for (const side of ['height', 'width', 'depth'] as const) {
      expect((block?.ofm[side] ?? Number.NaN) % microBlock[side]).toBe(0)
    }
  })

  test('is none where nothing fits', () => {
    const { microBlock, sharedMemory } = ethosUVariants['ethos-u55-32']
    expect(chooseBlock(request, microBlock, { ...sharedMemory, banks: 4 })).toBe(null)
  })
})
