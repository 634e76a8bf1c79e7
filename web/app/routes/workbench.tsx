import { lazy, Suspense, useState } from 'react'
import type { Device } from '../../../simulator/hardware/device.ts'
import { BatteryPanel } from '../components/battery-panel.tsx'
import { DimensionForm } from '../components/dimension-form.tsx'
import { DropZone } from '../components/drop-zone.tsx'
import { EnergyPanel } from '../components/energy-panel.tsx'
import { GraphPanel } from '../components/graph-panel.tsx'
import { HeatPanel } from '../components/heat-panel.tsx'
import { KernelTable } from '../components/kernel-table.tsx'
import { MemoryFigure } from '../components/memory-figure.tsx'
import { OwnResultForm } from '../components/own-result-form.tsx'
import { usePageTitle } from '../components/page-title.ts'
import { ProblemNotice } from '../components/problem-notice.tsx'
import { RooflineFigure } from '../components/roofline-figure.tsx'
import { SlowWork } from '../components/slow-work.tsx'
import { StageControls } from '../components/stage-controls.tsx'
import { Tabs } from '../components/tabs.tsx'
import { TargetBar } from '../components/target-bar.tsx'
import { TargetControls } from '../components/target-controls.tsx'
import { TimelineFigure } from '../components/timeline-figure.tsx'
import { TriesList, TriesTable } from '../components/tries.tsx'
import { WhatIfSliders } from '../components/what-if-sliders.tsx'
import { WorkbenchFacts } from '../components/workbench-facts.tsx'
import { WorkbenchResult } from '../components/workbench-result.tsx'
import { useText } from '../i18n/use-text.ts'
import { useHotkeys } from '../state/hotkeys.ts'
import { type WorkbenchView, workbenchViews } from '../state/portal-state.ts'
import { useSimulation, useWorkbenchQuestion } from '../state/use-simulation.ts'
import { type Tries, useTries } from '../state/use-tries.ts'
import { useUndoKey } from '../state/use-undo-key.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { asProblem, Cancelled } from '../workers/rpc.ts'
import type { WorkbenchAnswer, WorkbenchQuestion } from '../workers/workbench-question.ts'

/** With the tools of all runtimes, which few look at. */
const VerifyPanel = lazy(() =>
  import('../components/verify-panel.tsx').then((module) => ({ default: module.VerifyPanel })),
)

/** One model on one target: where the time, the bytes and the energy go. */
export function WorkbenchPage() {
  const text = useText().workbench
  usePageTitle(text.title)
  useHotkeys()
  useUndoKey()
  const { model, modelProblem, openDimensions, openFiles, bind, target, catalog } = useWorkspace()
  const device = chosenDevice(catalog?.devices ?? [], target.device)
  const question = useWorkbenchQuestion(device?.id ?? null)
  const simulation = useSimulation(question)
  const tries = useTries(simulation.data === undefined ? null : question)
  const problem =
    modelProblem ??
    (simulation.error === null || simulation.error instanceof Cancelled ? null : asProblem(simulation.error))
  const answer = simulation.data
  return (
    <div className="page">
      <DropZone onFiles={openFiles} />
      <h1 className="visually-hidden">{text.title}</h1>
      {device && <TargetBar device={device} />}
      <div className="workbench">
        <div className="workbench-controls">
          {device && <TargetControls device={device} prediction={answer?.prediction ?? null} question={question} />}
          {device && answer && <OwnResultForm device={device} prediction={answer.prediction} />}
          {answer && <WhatIfSliders answer={answer} />}
          {answer && <StageControls endToEnd={answer.placed.placement.endToEnd} />}
          {answer && device && <TriesList tries={tries} device={device} now={answer.prediction} />}
        </div>
        {problem !== null || openDimensions.length > 0 || model === null || answer === undefined || device === null ? (
          <div className="col-span-2 pt-6">
            <SlowWork />
            {problem !== null ? (
              <ProblemNotice problem={problem} />
            ) : openDimensions.length > 0 ? (
              <DimensionForm dimensions={openDimensions} onBind={bind} />
            ) : model === null ? (
              <p className="max-w-[60ch] text-ink2">{text.noModel}</p>
            ) : null}
          </div>
        ) : (
          <Simulated
            device={device}
            question={question}
            answer={answer}
            tries={tries}
            stale={simulation.isPlaceholderData}
          />
        )}
      </div>
    </div>
  )
}

/** Views whose marks are kernels. */
const withKernels: ReadonlySet<WorkbenchView> = new Set(['overview', 'timeline', 'roofline', 'memory'])

interface SimulatedProps {
  readonly device: Device
  readonly question: WorkbenchQuestion | null
  readonly answer: WorkbenchAnswer
  readonly tries: Tries
  readonly stale: boolean
}

function Simulated({ device, question, answer, tries, stale }: SimulatedProps) {
  const text = useText().tabs
  const { view: chosen, setView, whatIf } = useWorkspace()
  const view = chosen ?? 'overview'
  const { prediction, placed, ceilings } = answer
  const [selected, setSelected] = useState<number | null>(null)
  const kernel = selected !== null && selected < prediction.kernels.length ? selected : null
  const linked = { prediction, selected: kernel, onSelect: setSelected }
  const faded = stale ? 'stale' : ''
  return (
    <>
      <div className={`workbench-charts ${faded}`}>
        <Tabs
          label={text.label}
          tabs={workbenchViews.map((value) => ({ value, label: text.views[value] }))}
          value={view}
          onChange={(next) => setView(next === 'overview' ? null : next)}
        >
          {(view === 'overview' || view === 'timeline') && (
            <TimelineFigure {...linked} placed={placed} withStages={whatIf.endToEnd === true} />
          )}
          {view === 'overview' && (
            <div className="grid grid-cols-2 gap-8 max-[1180px]:grid-cols-1">
              <RooflineFigure {...linked} ceilings={ceilings} height={300} />
              <MemoryFigure {...linked} height={300} />
            </div>
          )}
          {view === 'roofline' && <RooflineFigure {...linked} ceilings={ceilings} height={480} />}
          {view === 'memory' && <MemoryFigure {...linked} height={420} />}
          {view === 'graph' && <GraphPanel {...linked} placed={placed} question={question} />}
          {withKernels.has(view) && <KernelTable {...linked} places={placed.places} />}
          {view === 'energy' && <EnergyPanel prediction={prediction} question={question} />}
          {view === 'heat' && <HeatPanel heat={answer.sustained} />}
          {view === 'battery' && <BatteryPanel life={answer.battery} byRate={answer.batteryByRate} />}
          {view === 'tries' && <TriesTable tries={tries} />}
          {view === 'verify' && (
            <Suspense fallback={<SlowWork />}>
              <VerifyPanel device={device} prediction={prediction} />
            </Suspense>
          )}
          {view === 'basis' && <WorkbenchFacts prediction={prediction} />}
        </Tabs>
      </div>
      <div className={`workbench-result ${faded}`}>
        <WorkbenchResult device={device} prediction={prediction} placed={placed} powerAtRateW={answer.powerAtRateW} />
      </div>
    </>
  )
}

/** The device of the link, or the first of the catalog. */
function chosenDevice(devices: readonly Device[], id: string | undefined): Device | null {
  return devices.find((device) => device.id === id) ?? devices[0] ?? null
}
