/** Random networks and devices for properties; facts go missing as they do in reality. */
import { fc } from '@fast-check/vitest'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import type { Device, UnitKind } from '../../simulator/hardware/device.ts'
import { unitKinds } from '../../simulator/hardware/device.ts'
import { fact, makeDevice, makeUnit } from './devices.ts'
import { SummaryBuilder } from './summaries.ts'

const step = fc.constantFrom('conv', 'pointwise', 'depthwise', 'strided', 'relu', 'residual', 'pool', 'unknown')

/** Convolutional networks with residuals, activations and now and then an operator nobody knows. */
export const anySummary: fc.Arbitrary<GraphSummary> = fc
  .record({
    size: fc.integer({ min: 4, max: 64 }),
    channels: fc.integer({ min: 1, max: 96 }),
    steps: fc.array(step, { minLength: 1, maxLength: 14 }),
    withUnknown: fc.boolean(),
  })
  .map(({ size, channels, steps, withUnknown }) => {
    const b = new SummaryBuilder()
    let x = b.conv(b.input([1, 3, size, size]), channels)
    for (const name of steps) {
      const [, width = 1] = b.tensors[x]?.shape ?? []
      if (name === 'conv') x = b.conv(x, channels)
      else if (name === 'pointwise') x = b.conv(x, channels * 2, 1)
      else if (name === 'depthwise') x = b.conv(x, width, 3, 1, width)
      else if (name === 'strided') x = b.conv(x, channels, 3, 2)
      else if (name === 'relu') x = b.relu(x)
      else if (name === 'residual') x = b.add(b.relu(b.conv(x, width)), x)
      else if (name === 'pool') x = b.operator('MaxPool', 'pooling', [x], b.tensors[x]?.shape ?? [], { vectorOps: 100 })
      else if (withUnknown) {
        x = b.operator('Mystery', 'unknown', [x], b.tensors[x]?.shape ?? [], { macs: null, vectorOps: null })
      }
    }
    return b.build('random', [b.fullyConnected(b.flatten(b.globalPool(x)), 10)])
  })

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const maybe = (value: fc.Arbitrary<number>) => fc.option(value.map((v) => fact(v)))

export const anyKind: fc.Arbitrary<UnitKind> = fc.constantFrom(...unitKinds)

/** One unit of any kind; every fact may be missing. */
export const anyDevice: fc.Arbitrary<Device> = fc
  .record({
    kind: anyKind,
    peak: fc.option(positive(1e8, 1e14)),
    clock: maybe(positive(1e7, 4e9)),
    onchip: maybe(positive(1e4, 1e8)),
    dramBytes: maybe(positive(1e6, 1e11)),
    dramBytesPerS: maybe(positive(1e7, 3e12)),
    tdp: maybe(positive(1e-3, 700)),
    idle: maybe(positive(1e-4, 100)),
    link: fc.option(maybe(positive(1e6, 1e11))),
    segment: fc.constantFrom('phone', 'embedded', 'mcu', 'cloud', 'browser' as const),
  })
  .map(({ kind, peak, clock, onchip, dramBytes, dramBytesPerS, tdp, idle, link, segment }) =>
    makeDevice(
      [
        makeUnit({
          kind,
          ...(peak === null ? {} : { peak: { int8: peak } }),
          clockHz: clock,
          onchipBytes: onchip,
          precisions: ['int8', 'fp16', 'fp32', 'int8-w8a16'],
        }),
      ],
      {
        segment,
        dramBytes,
        dramBytesPerS,
        tdpW: tdp,
        idleW: idle,
        link: link === null ? null : { kind: 'PCIe', bytesPerS: link },
      },
    ),
  )
