import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { choosePlaces, offeredPlaces } from '../answer/place-devices.ts'
import { DimensionForm } from '../components/dimension-form.tsx'
import { DropZone } from '../components/drop-zone.tsx'
import { EdgeRunCard } from '../components/edge-run-card.tsx'
import { ModelPicker } from '../components/model-picker.tsx'
import { ModelProblems } from '../components/model-problems.tsx'
import { NetworkControls } from '../components/network-controls.tsx'
import { usePageTitle } from '../components/page-title.ts'
import { PathsFigure } from '../components/paths-figure.tsx'
import { PlacesFinding } from '../components/places-finding.tsx'
import { PlacesTable } from '../components/places-table.tsx'
import { ProblemNotice } from '../components/problem-notice.tsx'
import { SlowWork } from '../components/slow-work.tsx'
import { useText } from '../i18n/use-text.ts'
import { useHotkeys } from '../state/hotkeys.ts'
import { useEdgeRun } from '../state/use-edge-run.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { modelService } from '../workers/model-client.ts'
import { asProblem, Cancelled } from '../workers/rpc.ts'

/** The same model on the device, in a tab, at the edge and in the cloud, with the network between. */
export function EdgeCloudPage() {
  const text = useText()
  usePageTitle(text.nav.edgeCloud)
  useHotkeys()
  const {
    source,
    model,
    modelProblem,
    openDimensions,
    bind,
    openFiles,
    catalog,
    target,
    network,
    places,
    budget,
    ownResults,
  } = useWorkspace()
  const [isWarm, setWarm] = useState(true)
  const preset = source?.kind === 'preset' ? source.id : null
  const edge = useEdgeRun(preset)
  const deadlineMs = budget.maxLatencyMs ?? null
  const chosen = catalog === null ? null : choosePlaces(catalog.devices, target.device, places)
  const profile = catalog?.networks.find(({ id }) => id === network) ?? catalog?.networks[0] ?? null
  const measuredWorkerMs = edge.run?.slopeMs ?? null
  const answer = useQuery({
    queryKey: [
      'places',
      model?.id,
      chosen && Object.values(chosen).map(({ id }) => id),
      target,
      profile?.id,
      isWarm,
      deadlineMs,
      measuredWorkerMs,
      ownResults,
    ],
    queryFn: () => {
      if (model === null || chosen === null || profile === null) throw new Error('no question')
      const { device, browser, worker, cloud } = chosen
      return modelService.places({
        summary: model.summary,
        devices: { device: device.id, browser: browser.id, worker: worker.id, cloud: cloud.id },
        choice: target.device === undefined ? {} : target,
        networkId: profile.id,
        isWarm,
        deadlineMs,
        measuredWorkerMs,
        ownResults,
      })
    },
    enabled: model !== null && chosen !== null && profile !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const problem =
    modelProblem ?? (answer.error === null || answer.error instanceof Cancelled ? null : asProblem(answer.error))
  const paths = answer.data
  const workerPlace = paths?.places.find(({ kind }) => kind === 'worker')
  return (
    <div className="page">
      <DropZone onFiles={openFiles} />
      <div className="flex flex-wrap items-end justify-between gap-x-10 gap-y-4 pt-7 pb-6">
        {paths !== undefined && model !== null && profile !== null ? (
          <PlacesFinding answer={paths} model={model} network={profile} deadlineMs={deadlineMs} />
        ) : (
          <h1>{text.nav.edgeCloud}</h1>
        )}
        <ModelPicker />
      </div>
      <SlowWork />
      {model !== null && <ModelProblems problems={model.problems} />}
      {problem !== null ? (
        <ProblemNotice problem={problem} />
      ) : openDimensions.length > 0 ? (
        <DimensionForm dimensions={openDimensions} onBind={bind} />
      ) : model === null ? (
        <p className="max-w-[60ch] text-ink2">{text.edgeCloud.noModel}</p>
      ) : null}
      {chosen !== null && profile !== null && catalog !== null && (
        <div className="edge-cloud">
          <NetworkControls
            network={profile}
            chosen={chosen}
            offered={offeredPlaces(catalog.devices)}
            isWarm={isWarm}
            onWarm={setWarm}
          />
          {paths !== undefined && model !== null && problem === null && (
            <div className={`flex min-w-0 flex-col gap-8 ${answer.isPlaceholderData ? 'opacity-60' : ''}`}>
              <PathsFigure places={paths.places} deadlineMs={deadlineMs} />
              <div className="grid grid-cols-2 gap-14 max-[1180px]:grid-cols-1 max-[1180px]:gap-8">
                <PlacesTable places={paths.places} hasDeadline={deadlineMs !== null} />
                {workerPlace && <EdgeRunCard preset={preset} predictedMs={workerPlace.inferenceMs} edge={edge} />}
              </div>
            </div>
          )}
        </div>
      )}
    </div>
  )
}
