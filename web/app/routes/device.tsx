import { evidence } from 'virtual:evidence'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { DeviceEvidence } from '../answer/device-evidence.ts'
import { familyOf } from '../answer/family.ts'
import { fetchDeviceSources, fetchJson } from '../api/client.ts'
import { DeviceEvidenceTable } from '../components/device-evidence.tsx'
import { DeviceModes } from '../components/device-modes.tsx'
import { DeviceNearest } from '../components/device-nearest.tsx'
import { DeviceRoofs } from '../components/device-roofs.tsx'
import { DeviceSpec } from '../components/device-spec.tsx'
import { DeviceSupport } from '../components/device-support.tsx'
import { FamilyMark } from '../components/family-mark.tsx'
import { usePageTitle } from '../components/page-title.ts'
import { ProblemNotice } from '../components/problem-notice.tsx'
import { unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { asProblem } from '../workers/rpc.ts'

/** One device: every fact with its sources, its modes, what runs on it, what was measured on it. */
export function DevicePage() {
  const all = useText()
  const text = all.device
  const { id } = useParams({ from: '/devices/$id' })
  const { catalog, setTarget, setSegments } = useWorkspace()
  const device = catalog?.devices.find((each) => each.id === id)
  usePageTitle(device?.name ?? all.nav.devices)
  const known = useQuery({
    queryKey: ['device-sources', id],
    queryFn: () => fetchDeviceSources(id),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const measured = evidence[id]
  const rows = useQuery({
    queryKey: ['device-evidence', id],
    // The file is written by this very build, so its form is known.
    queryFn: () => fetchJson<DeviceEvidence>(measured?.url ?? ''),
    enabled: measured !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (known.error !== null || (catalog !== null && device === undefined)) {
    return (
      <div className="reading py-9">
        <h1 className="mb-4">{text.missing}</h1>
        {known.error !== null && <ProblemNotice problem={asProblem(known.error)} />}
        <Link to="/devices" className="mt-4 inline-block">
          {text.all}
        </Link>
      </div>
    )
  }
  if (device === undefined || catalog === null) {
    return (
      <div className="page py-7">
        <h1>{text.all}</h1>
        <p role="status" className="mt-2 text-ink3">
          {text.loading}
        </p>
      </div>
    )
  }
  const lifecycle = known.data === undefined ? '' : text.lifecycles[known.data.entry.lifecycle]
  const subtitle = [
    device.chip,
    device.units.map((unit) => unitText(unit.id)).join(', '),
    device.releaseYear,
    lifecycle,
    text.measured(measured?.rows ?? 0),
  ].filter((part) => part !== null && part !== '')
  return (
    <div className="page">
      <p className="pt-5 text-note">
        <Link to="/devices">{text.all}</Link> /{' '}
        <Link to="/devices" search={{ vendor: [device.vendor] }}>
          {device.vendor}
        </Link>
      </p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3 pt-1">
        <h1 className="flex items-center gap-3">
          <FamilyMark family={familyOf(device)} label={all.families[familyOf(device)]} size={14} />
          {device.name}
        </h1>
        <p className="min-w-0 flex-1 text-ink2 max-sm:basis-full">{subtitle.join(' · ')}</p>
        <Link to="/sim" hash className="button" onClick={() => setTarget({ device: device.id })}>
          {text.workbench}
        </Link>
        <Link to="/" hash className="button button-primary" onClick={() => setSegments([device.segment])}>
          {text.check}
        </Link>
      </div>
      <div className="device-page">
        {known.data === undefined ? (
          <p role="status" className="text-ink3">
            {text.loading}
          </p>
        ) : (
          <DeviceSpec {...known.data} />
        )}
        <div className="flex min-w-0 flex-col gap-8">
          {known.data !== undefined && <DeviceModes entry={known.data.entry} />}
          <DeviceRoofs device={device} devices={catalog.devices} />
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <DeviceSupport device={device} />
          <DeviceNearest device={device} devices={catalog.devices} />
        </div>
      </div>
      <section className="section mt-8" aria-labelledby="evidence">
        {rows.data !== undefined ? (
          <DeviceEvidenceTable evidence={rows.data} />
        ) : (
          <>
            <h2 id="evidence">{text.evidence.title}</h2>
            <p className="mt-2 text-dense text-ink2">
              {measured === undefined ? text.evidence.none : text.evidence.loading}
            </p>
          </>
        )}
        {rows.error !== null && <ProblemNotice problem={asProblem(rows.error)} />}
      </section>
    </div>
  )
}
