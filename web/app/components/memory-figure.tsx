import { memo } from 'react'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { MemoryChart } from '../charts/memory.tsx'
import { byteSize, joined } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { ChartFrame } from './chart-frame.tsx'
import { MemoryTwin } from './chart-twins.tsx'
import { Sized } from './sized.tsx'

interface MemoryFigureProps {
  readonly prediction: Prediction
  readonly height: number
  readonly selected: number | null
}

/** Weights, runtime and the activations that are alive while each kernel runs, under what there is. */
export const MemoryFigure = memo(function MemoryFigure({ prediction, height, selected }: MemoryFigureProps) {
  const text = useText().workbench
  const { memory, kernels, basis } = prediction
  const size = (bytes: number) => joined(byteSize(bytes))
  const peak = kernels.reduce((most, kernel) => Math.max(most, kernel.liveBytes), 0)
  const at = kernels.find(({ liveBytes }) => liveBytes === peak)?.name ?? ''
  const weights = `${text.weights} ${size(memory.weightBytes)}`
  const runtime = memory.runtimeBytes === null ? null : `${text.runtimeMemory} ${size(memory.runtimeBytes)}`
  const summary = `${text.memoryChart.summary(size(peak), at)} ${text.memoryChart.under(weights, runtime)}`
  const capacity = memory.capacityBytes === null ? '' : size(memory.capacityBytes)
  const onchipBytes = basis.find(({ field }) => field === 'unit.onchipBytes')?.value ?? null
  return (
    <ChartFrame
      title={text.memoryChart.title}
      note={text.memoryChart.note}
      summary={summary}
      fileName="edgefit-memory"
      chart={
        <Sized>
          {(width) => (
            <MemoryChart
              prediction={prediction}
              width={width}
              height={height}
              onchipBytes={onchipBytes}
              label={summary}
              selected={selected}
              labels={{
                weights,
                runtime: runtime ?? '',
                runtimeApart: text.memoryChart.apart(runtime ?? ''),
                activations: text.activations,
                peak: `${text.peak} ${size(peak)}`,
                x: text.memoryChart.x,
                capacity: `${text.capacity} ${capacity}`,
                offScale: text.memoryChart.offScale(capacity),
                onchip: onchipBytes === null ? '' : text.memoryChart.onchip(size(onchipBytes)),
              }}
            />
          )}
        </Sized>
      }
      table={<MemoryTwin prediction={prediction} />}
      footnote={summary}
    />
  )
})
