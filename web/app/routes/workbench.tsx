import { useState } from 'react'
import type { Device } from '../../../simulator/hardware/device.ts'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { DimensionForm } from '../components/dimension-form.tsx'
import { DropZone } from '../components/drop-zone.tsx'
import { KernelTable } from '../components/kernel-table.tsx'
import { usePageTitle } from '../components/page-title.ts'
import { ProblemNotice } from '../components/problem-notice.tsx'
import { SlowWork } from '../components/slow-work.tsx'
import { TargetBar } from '../components/target-bar.tsx'
import { TargetControls } from '../components/target-controls.tsx'
import { WorkbenchCharts } from '../components/workbench-charts.tsx'
import { WorkbenchFacts } from '../components/workbench-facts.tsx'
import { WorkbenchResult } from '../components/workbench-result.tsx'
import { useText } from '../i18n/use-text.ts'
import { useHotkeys } from '../state/hotkeys.ts'
import { useSimulation } from '../state/use-simulation.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { asProblem, Cancelled } from '../workers/rpc.ts'

/** One model on one target: where the time, the bytes and the energy go. */
export function WorkbenchPage() {
  const text = useText().workbench
  usePageTitle(text.title)
  useHotkeys()
  const { model, modelProblem, openDimensions, openFile, bind, target, catalog } = useWorkspace()
  const device = chosenDevice(catalog?.devices ?? [], target.device)
  const simulation = useSimulation(device?.id ?? null)
  const problem =
    modelProblem ??
    (simulation.error === null || simulation.error instanceof Cancelled ? null : asProblem(simulation.error))
  const prediction = simulation.data
  return (
    <div className="page">
      <DropZone onFile={openFile} />
      <h1 className="visually-hidden">{text.title}</h1>
      {device && <TargetBar device={device} />}
      <div className="workbench">
        <div className="workbench-controls">
          {device && <TargetControls device={device} prediction={prediction ?? null} />}
        </div>
        {problem !== null || openDimensions.length > 0 || model === null || prediction === undefined ? (
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
          <Simulated prediction={prediction} stale={simulation.isPlaceholderData} />
        )}
      </div>
    </div>
  )
}

function Simulated({ prediction, stale }: { prediction: Prediction; stale: boolean }) {
  const [selected, setSelected] = useState<number | null>(null)
  const kernel = selected !== null && selected < prediction.kernels.length ? selected : null
  const faded = stale ? 'opacity-60' : ''
  return (
    <>
      <div className={`workbench-charts ${faded}`}>
        <WorkbenchCharts prediction={prediction} selected={kernel} onSelect={setSelected} />
        <KernelTable prediction={prediction} selected={kernel} onSelect={setSelected} />
        <WorkbenchFacts prediction={prediction} />
      </div>
      <div className={`workbench-result ${faded}`}>
        <WorkbenchResult prediction={prediction} />
      </div>
    </>
  )
}

/** The device of the link, or the first of the catalog. */
function chosenDevice(devices: readonly Device[], id: string | undefined): Device | null {
  return devices.find((device) => device.id === id) ?? devices[0] ?? null
}
