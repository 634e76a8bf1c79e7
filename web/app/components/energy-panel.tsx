import type { EnergyParts, Metric, Prediction } from '../../../simulator/predict/prediction.ts'
import { EnergyPartsChart, energyPartOrder } from '../charts/energy-parts.tsx'
import { linearDomain } from '../charts/scale.ts'
import { figure, percent, significantDigits } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { usePowerStates } from '../state/use-power-states.ts'
import { useWorkspace } from '../state/workspace.tsx'
import type { ClockState } from '../workers/power-states.ts'
import type { WorkbenchQuestion } from '../workers/workbench-question.ts'
import { BandFigure } from './band-figure.tsx'
import { ChartFrame } from './chart-frame.tsx'
import { DataTable } from './data-table.tsx'
import { PowerModes } from './power-modes.tsx'
import { Sized } from './sized.tsx'
import { SlowWork } from './slow-work.tsx'

interface EnergyPanelProps {
  readonly prediction: Prediction
  readonly question: WorkbenchQuestion | null
}

/** Where the energy goes, and what slower clocks and other modes make of it. */
export function EnergyPanel({ prediction, question }: EnergyPanelProps) {
  const text = useText().energy
  const states = usePowerStates(question)
  const { energyMj, energyParts } = prediction
  if (energyMj.availability === 'unavailable' || energyParts === null) return <p className="unknown">{text.unknown}</p>
  return (
    <>
      <Parts parts={energyParts} total={`${figure(energyMj.p50, significantDigits(energyMj))} mJ`} />
      {states === undefined ? (
        <SlowWork />
      ) : (
        <>
          <Clocks clocks={states.clocks} />
          <PowerModes modes={states.modes} />
        </>
      )}
    </>
  )
}

function Parts({ parts, total }: { parts: EnergyParts; total: string }) {
  const { energy: text, workbench } = useText()
  const sum = energyPartOrder.reduce((all, part) => all + parts[part], 0)
  const most = energyPartOrder.reduce((best, part) => (parts[part] > parts[best] ? part : best))
  const summary = text.summary(total, workbench.parts[most], percent(parts[most] / sum))
  return (
    <ChartFrame
      title={text.title}
      note={text.note}
      summary={summary}
      fileName="edgefit-energy"
      footnote={summary}
      chart={
        <Sized>
          {(width) => <EnergyPartsChart parts={parts} names={workbench.parts} width={width} label={summary} />}
        </Sized>
      }
      table={
        <DataTable
          caption={text.title}
          head={[text.part, text.mj, workbench.kernels.share]}
          rows={energyPartOrder.map((part) => [
            workbench.parts[part],
            figure(parts[part], 3),
            percent(parts[part] / sum),
          ])}
        />
      }
    />
  )
}

/** Less than this is not worth a clock. */
const leastSaving = 0.01

function Clocks({ clocks }: { clocks: readonly ClockState[] }) {
  const { energy: text, sliders } = useText()
  const { whatIf } = useWorkspace()
  const { ratePerS, clock = 1 } = whatIf
  const points = clocks.flatMap(({ clockShare, energyMj, powerW }) => {
    const shown = ratePerS === undefined ? energyMj : powerW
    return shown.availability === 'unavailable'
      ? []
      : [{ x: clockShare * 100, p50: shown.p50, low: shown.pi80[0], high: shown.pi80[1] }]
  })
  const full = points.at(-1)
  if (full === undefined) return null
  const least = points.reduce((best, point) => (point.p50 < best.p50 ? point : best))
  const unit = ratePerS === undefined ? 'mJ' : 'W'
  const inUnit = (value: number) => `${figure(value, 2)} ${unit}`
  return (
    <BandFigure
      title={text.clocks}
      note={text.clocksNote}
      summary={
        least.p50 > full.p50 * (1 - leastSaving)
          ? text.clocksAlike(inUnit(full.p50))
          : text.clocksSummary(percent(least.x / 100), inUnit(least.p50), inUnit(full.p50))
      }
      fileName="edgefit-clock"
      points={points}
      x={{ kind: 'linear', domain: [30, 100] }}
      y={{ kind: 'linear', domain: linearDomain(points.map(({ high }) => high)) }}
      marked={points.find(({ x }) => Math.abs(x - clock * 100) < 0.5) ?? null}
      labels={{
        x: text.x,
        y: ratePerS === undefined ? text.ofEnergy : text.ofPower(sliders.perS(ratePerS)),
        marked: text.now,
      }}
      head={[text.clock, text.latency, text.ofEnergy, text.power]}
      rows={clocks.map(({ clockShare, latencyMs, energyMj, powerW }) => [
        percent(clockShare),
        median(latencyMs),
        median(energyMj),
        median(powerW),
      ])}
    />
  )
}

function median(metric: Metric): string {
  return metric.availability === 'unavailable' ? '' : figure(metric.p50, 3)
}
