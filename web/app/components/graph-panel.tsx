import { useMemo } from 'react'
import { groupBy } from '../../../simulator/group-by.ts'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { KernelGraphChart } from '../charts/kernel-graph.tsx'
import { byteSize, figure, joined } from '../i18n/format.ts'
import { reasonText } from '../i18n/place-text.ts'
import { unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { useKernelGraph } from '../state/use-kernel-graph.ts'
import type { PlacedRun } from '../workers/placed-run.ts'
import type { KernelGraph, WorkbenchQuestion } from '../workers/workbench-question.ts'
import { ChartFrame } from './chart-frame.tsx'
import { DataTable } from './data-table.tsx'
import { KernelDetail } from './kernel-detail.tsx'
import { SlowWork } from './slow-work.tsx'

interface GraphPanelProps {
  readonly prediction: Prediction
  readonly placed: PlacedRun
  readonly question: WorkbenchQuestion | null
  readonly selected: number | null
  readonly onSelect: (kernel: number) => void
}

/** The network as it is executed: what is fused, where it runs, and what flows between. */
export function GraphPanel({ question, ...drawn }: GraphPanelProps) {
  const graph = useKernelGraph(question)
  // The drawing and the answer come one after the other.
  if (graph === undefined || graph.kernels !== drawn.prediction.kernels.length) return <SlowWork />
  return <Graph graph={graph} {...drawn} />
}

function Graph({
  graph,
  prediction,
  placed,
  selected,
  onSelect,
}: Omit<GraphPanelProps, 'question'> & { graph: KernelGraph }) {
  const messages = useText()
  const { graph: text, workbench } = messages
  const { kernels, unitId } = prediction
  const { places } = placed
  const sources = useMemo(() => groupBy(graph.edges, ({ to }) => to), [graph])
  const nodes = kernels.map((kernel, index) => {
    const place = places[index]
    const ms = `${figure(kernel.timeMs, 2)} ms`
    const why = place?.why ?? null
    const where =
      why === null ? '' : `. ${messages.placement.on(unitText(place?.unitId ?? ''), reasonText(why, messages))}`
    return {
      kernel,
      note: `${ms}, ${fused(kernel.operators, kernel.class, text)}`,
      elsewhere: why === null ? null : unitText(place?.unitId ?? ''),
      label: `${index + 1}. ${kernel.name}, ${kernel.class}, ${ms}${where}`,
    }
  })
  const elsewhere = nodes.filter((node) => node.elsewhere !== null).length
  const operators = kernels.reduce((sum, kernel) => sum + kernel.operators.length, 0)
  const summary = text.summary(kernels.length, operators, graph.layout.layers, elsewhere)
  return (
    <>
      <ChartFrame
        title={text.title}
        note={summary}
        summary={`${summary} ${text.keys}`}
        fileName="edgefit-graph"
        footnote={text.keys}
        legend={
          <Legend
            unit={unitText(unitId)}
            other={elsewhere === 0 ? null : unitText(placed.placement.fallback?.unitId ?? '')}
          />
        }
        chart={
          <KernelGraphChart
            layout={graph.layout}
            nodes={nodes}
            label={text.title}
            selected={selected}
            onSelect={onSelect}
          />
        }
        table={
          <DataTable
            caption={text.title}
            head={[workbench.kernels.name, text.operators, messages.placement.unit, text.reads, workbench.kernels.ms]}
            rows={kernels.map((kernel, index) => [
              `${index + 1}. ${kernel.name}`,
              kernel.operators.join(' + '),
              unitText(places[index]?.unitId ?? unitId),
              (sources.get(index) ?? [])
                .map(({ from, bytes }) => `${from + 1} (${joined(byteSize(bytes))})`)
                .join(', '),
              figure(kernel.timeMs, 3),
            ])}
          />
        }
      />
      {selected !== null && (
        <KernelDetail
          index={selected}
          prediction={prediction}
          place={places[selected] ?? null}
          reads={sources.get(selected) ?? []}
          onSelect={onSelect}
        />
      )}
    </>
  )
}

/** Few kernels are named after more than their first operator. */
function fused(operators: readonly string[], kernelClass: string, text: ReturnType<typeof useText>['graph']): string {
  return operators.length === 1 ? kernelClass : text.fused(kernelClass, operators.length)
}

function Legend({ unit, other }: { unit: string; other: string | null }) {
  return (
    <span className="flex flex-wrap gap-x-3.5 text-note text-ink2" aria-hidden="true">
      <span className="inline-flex items-center gap-1.5">
        <i className="h-3 w-1" style={{ background: 'var(--comp)' }} /> {unit}
      </span>
      {other !== null && (
        <span className="inline-flex items-center gap-1.5">
          <i className="h-3 w-1" style={{ background: 'var(--uplink)' }} /> {other}
        </span>
      )}
    </span>
  )
}
