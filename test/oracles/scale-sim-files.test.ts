/** Spellings of SCALE-Sim's two files that its users have, and what is wrong with others, by line. */
import { describe, expect, test } from 'vitest'
import { parseScaleSimConfig } from '../../oracles/scale-sim-config.ts'
import { parseScaleSimTopology } from '../../oracles/scale-sim-topology.ts'
import { readGolden } from '../golden/read-golden.ts'
import { problemOf } from '../simulator/import/problem-of.ts'

const config = `[general]
run_name = example

[architecture_presets]
ArrayHeight:    16
ArrayWidth : 8
ifmapsramszkB: 64
FilterSramSzkB: 32
OfmapSramSzkB: 64
Bandwidth : 10,10,10
Dataflow : WS
# a comment
[sparsity]
SparsitySupport : false
[run_presets]
InterfaceBandwidth= calc
`

describe('a configuration', () => {
  test('is read with : or =, spaces around them, keys and values in any case', () => {
    expect(parseScaleSimConfig(config)).toEqual({
      rows: 16,
      columns: 8,
      dataflow: 'ws',
      ifmapSramWords: 65_536,
      filterSramWords: 32_768,
      dramWordsPerCycle: null,
    })
  })

  test('has the first of its bandwidths in USER mode', () => {
    expect(parseScaleSimConfig(config.replace('calc', 'USER')).dramWordsPerCycle).toBe(10)
  })

  test.for([
    ['an array of no height', 'ArrayHeight:    16', 'ArrayHeight: 0', 'line 5'],
    ['a size in words', 'ifmapsramszkB: 64', 'ifmapsramszkB: large', 'line 7'],
    ['an unknown dataflow', 'WS', 'rs', 'line 11'],
    ['a line that is no setting', '# a comment', 'a comment', 'line 12'],
    ['a setting made twice', '# a comment', 'Dataflow : os', 'line 12'],
    ['sparsity', 'SparsitySupport : false', 'SparsitySupport : True', 'line 14'],
    ['an unknown bandwidth mode', 'calc', 'often', 'line 16'],
    ['no array', 'ArrayHeight:    16', '', 'ArrayHeight'],
  ] as const)('with %s is refused by its line', ([, given, wrong, where]) => {
    expect(problemOf(() => parseScaleSimConfig(config.replace(given, wrong)))).toMatchObject({
      code: 'invalid-field',
      where,
    })
  })

  test('with latencies from a trace is refused only where they count', () => {
    const traced = `${config}UseRamulatorTrace: True\n`
    expect(parseScaleSimConfig(traced).dramWordsPerCycle).toBe(null)
    expect(problemOf(() => parseScaleSimConfig(traced.replace('calc', 'USER')))).toMatchObject({ where: 'line 17' })
  })
})

describe('a topology', () => {
  const conv = 'Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n'

  test('of convolutions becomes products of outputs, filters and windows', () => {
    expect(parseScaleSimTopology(`${conv}Conv1, 224, 224, 7, 7, 3, 64, 2,\n`)).toEqual([
      { name: 'Conv1', product: { m: 110 * 110, n: 64, k: 147 } },
    ])
  })

  test('rounds outputs up, as the peer does', () => {
    expect(parseScaleSimTopology(`${conv}a,8,8,3,3,1,1,2,\n`)[0]?.product.m).toBe(4 * 4)
  })

  test.for([
    ['without trailing commas', 'Layer,M,N,K\nqk,12,34,56\n'],
    ['with spaces, empty lines and CRLF', '\uFEFFLayer, M, N, K,\r\n\r\n  qk , 12 ,34, 56,\r\n'],
    ['with a column of sparsity', 'Layer, M, N, K, Sparsity,\nqk,12,34,56,1:1,\n'],
    ['with columns in another order', 'Layer,K,M,N,\nqk,56,12,34,\n'],
  ] as const)('of products is read %s', ([, text]) => {
    expect(parseScaleSimTopology(text)).toEqual([{ name: 'qk', product: { m: 12, n: 34, k: 56 } }])
  })

  test('of convolutions is read by the order of its columns where they have other names', () => {
    const renamed = `Name,H,W,R,S,C,F,Step\nConv1,224,224,7,7,3,64,2\n`
    expect(parseScaleSimTopology(renamed)).toEqual(parseScaleSimTopology(`${conv}Conv1,224,224,7,7,3,64,2,\n`))
  })

  test('may give the stride of each direction, and a sparsity after them', () => {
    const header = conv.replace('Strides,', 'Stride Height, Stride Width, Sparsity,')
    expect(parseScaleSimTopology(`${header}a,9,9,3,3,1,1,2,3,2:4,\n`)[0]?.product.m).toBe(4 * 3)
  })

  test.for([
    ['no layers', conv, 'line 1'],
    ['nothing', '', 'line 1'],
    ['a row that is too short', `${conv}a,8,8,3,3,1,1,1,\n\nb,8,8\n`, 'line 4'],
    ['a size that is no number', `${conv}a,8,8,3,3,1,1,one,\n`, 'line 2'],
    ['a size of 0', `${conv}a,8,8,3,3,0,1,1,\n`, 'line 2'],
    ['a filter larger than its input', `${conv}a,2,8,3,3,1,1,1,\n`, 'line 2'],
  ] as const)('with %s is refused by its line', ([, text, where]) => {
    expect(problemOf(() => parseScaleSimTopology(text))).toMatchObject({ code: 'invalid-csv', where })
  })

  test.for(readGolden('scale-sim').filter(({ input_type }) => input_type === 'conv'))(
    '$topology $layer_name is the product that the peer made of it',
    (row) => {
      const sizes = [row.ifmap_h, row.ifmap_w, row.filt_h, row.filt_w, row.channels, row.filters, row.stride]
      const [layer] = parseScaleSimTopology(`${conv}${row.layer_name}, ${sizes.join(', ')},\n`)
      expect(layer?.product).toEqual({ m: Number(row.m), n: Number(row.n), k: Number(row.k) })
    },
  )
})
