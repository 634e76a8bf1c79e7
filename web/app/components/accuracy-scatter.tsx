import { useState } from 'react'
import type { ValidationReport } from '../../../worker/contract/validation.ts'
import type { Family } from '../answer/family.ts'
import { familyOf } from '../answer/family.ts'
import { AccuracyChart } from '../charts/accuracy.tsx'
import { farthestOff, placePoints, timesOff } from '../charts/accuracy-geometry.ts'
import { figure, percent, plain, times } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { ChartFrame } from './chart-frame.tsx'
import { DataTable } from './data-table.tsx'
import { FamilyMark } from './family-mark.tsx'
import { Sized } from './sized.tsx'
import { SourceLink } from './source-link.tsx'

/** A sample of the held-out rows; the chosen one, or the worst, is named and opens its source. */
export function AccuracyScatter({ validation }: { validation: ValidationReport }) {
  const { accuracy, families } = useText()
  const text = accuracy.scatter
  const familyOfDevice = useDeviceFamily()
  const [rowId, setRowId] = useState<string | null>(null)
  const placed = placePoints(validation.points)
  const selected = placed.find(({ point }) => point.rowId === rowId) ?? farthestOff(placed)
  const within2 = placed.filter((each) => timesOff(each) <= 2).length
  const shownFamilies = [...new Set(placed.map(({ point }) => familyOfDevice(point.deviceId)))]
  return (
    <ChartFrame
      title={text.title}
      note={text.note(placed.length, plain(validation.splits.model.pooled.rows))}
      summary={text.summary(percent(within2 / Math.max(1, placed.length)), placed.length)}
      fileName="edgefit-accuracy"
      chart={
        <Sized>
          {(width) => (
            <AccuracyChart
              placed={placed}
              familyOf={familyOfDevice}
              width={Math.min(width, 480)}
              label={text.title}
              labels={text}
              selected={selected}
              onSelect={setRowId}
            />
          )}
        </Sized>
      }
      table={
        <DataTable
          caption={text.title}
          head={[text.model, text.device, text.predicted, text.measured, text.off, text.source]}
          rows={placed.map((each) => [
            each.point.presetId,
            each.point.deviceId,
            figure(each.predictedMs, 3),
            figure(each.measuredMs, 3),
            times(timesOff(each)),
            <SourceLink key="source" id={each.point.sourceId} sources={validation.sources} />,
          ])}
        />
      }
      footnote={
        <>
          <span className="mb-1 flex flex-wrap gap-x-3">
            {shownFamilies.map((family) => (
              <span key={family} className="inline-flex items-center gap-1">
                <FamilyMark family={family} size={9} />
                {families[family]}
              </span>
            ))}
            <span>{text.dashed}</span>
          </span>
          {text.footnote}
          {selected !== null && (
            <span className="mt-1 block text-ink">
              {selected.point.presetId}, {selected.point.deviceId}, {selected.point.runtime} {selected.point.precision}:{' '}
              <span className="mono">
                {figure(selected.predictedMs, 3)} → {figure(selected.measuredMs, 3)} ms
              </span>{' '}
              <SourceLink id={selected.point.sourceId} sources={validation.sources} />
            </span>
          )}
        </>
      }
    />
  )
}

function useDeviceFamily(): (deviceId: string) => Family {
  const { catalog } = useWorkspace()
  const byId = new Map((catalog?.devices ?? []).map((device) => [device.id, familyOf(device)]))
  return (deviceId) => byId.get(deviceId) ?? 'other'
}
