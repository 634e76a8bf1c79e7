import { useState } from 'react'
import type { Device } from '../../../simulator/hardware/device.ts'
import { BatteryPanel } from '../components/battery-panel.tsx'
import { DimensionForm } from '../components/dimension-form.tsx'
import { DropZone } from '../components/drop-zone.tsx'
import { HeatPanel } from '../components/heat-panel.tsx'
import { KernelTable } from '../components/kernel-table.tsx'
import { usePageTitle } from '../components/page-title.ts'
import { ProblemNotice } from '../components/problem-notice.tsx'
import { SlowWork } from '../components/slow-work.tsx'
import { Tabs } from '../components/tabs.tsx'
import { TargetBar } from '../components/target-bar.tsx'
import { TargetControls } from '../components/target-controls.tsx'
import { TriesList, TriesTable } from '../components/tries.tsx'
import { WhatIfSliders } from '../components/what-if-sliders.tsx'
import { WorkbenchCharts } from '../components/workbench-charts.tsx'
import { WorkbenchFacts } from '../components/workbench-facts.tsx'
import { WorkbenchResult } from '../components/workbench-result.tsx'
import { useText } from '../i18n/use-text.ts'
import { useHotkeys } from '../state/hotkeys.ts'
import { useSimulation, useWorkbenchQuestion } from '../state/use-simulation.ts'
import { type Tries, useTries } from '../state/use-tries.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { asProblem, Cancelled } from '../workers/rpc.ts'
import type { WorkbenchAnswer } from '../workers/workbench-question.ts'

/** One model on one target: where the time, the bytes and the energy go. */
export function WorkbenchPage() {
  const text = useText().workbench
  usePageTitle(text.title)
  useHotkeys()
  const { model, modelProblem, openDimensions, openFile, bind, target, catalog } = useWorkspace()
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
      <DropZone onFile={openFile} />
      <h1 className="visually-hidden">{text.title}</h1>
      {device && <TargetBar device={device} />}
      <div className="workbench">
        <div className="workbench-controls">
          {device && <TargetControls device={device} prediction={answer?.prediction ?? null} />}
          {answer && <WhatIfSliders answer={answer} />}
          {answer && <TriesList tries={tries} now={answer.prediction} />}
        </div>
        {problem !== null || openDimensions.length > 0 || model === null || answer === undefined ? (
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
          <Simulated answer={answer} tries={tries} stale={simulation.isPlaceholderData} />
        )}
      </div>
    </div>
  )
}

interface SimulatedProps {
  readonly answer: WorkbenchAnswer
  readonly tries: Tries
  readonly stale: boolean
}

function Simulated({ answer, tries, stale }: SimulatedProps) {
  const text = useText().tabs
  const { prediction } = answer
  const [view, setView] = useState<'overview' | 'heat'>('overview')
  const [selected, setSelected] = useState<number | null>(null)
  const kernel = selected !== null && selected < prediction.kernels.length ? selected : null
  const faded = stale ? 'opacity-60' : ''
  return (
    <>
      <div className={`workbench-charts ${faded}`}>
        <Tabs
          label={text.label}
          tabs={[
            { value: 'overview', label: text.overview },
            { value: 'heat', label: text.heat },
          ]}
          value={view}
          onChange={setView}
        >
          {view === 'overview' ? (
            <>
              <WorkbenchCharts prediction={prediction} selected={kernel} onSelect={setSelected} />
              <KernelTable prediction={prediction} selected={kernel} onSelect={setSelected} />
              <TriesTable trials={tries.trials} />
              <WorkbenchFacts prediction={prediction} />
            </>
          ) : (
            <>
              <HeatPanel heat={answer.sustained} />
              <BatteryPanel life={answer.battery} />
            </>
          )}
        </Tabs>
      </div>
      <div className={`workbench-result ${faded}`}>
        <WorkbenchResult prediction={prediction} powerAtRateW={answer.powerAtRateW} />
      </div>
    </>
  )
}

/** The device of the link, or the first of the catalog. */
function chosenDevice(devices: readonly Device[], id: string | undefined): Device | null {
  return devices.find((device) => device.id === id) ?? devices[0] ?? null
}
