import type { Device, Fact } from '../../../simulator/hardware/device.ts'
import type { NetworkProfile } from '../../../simulator/network/profile.ts'
import { msFromS } from '../../../simulator/quantities.ts'
import { byteSize, plain } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import type { PlaceKind } from '../workers/compare-places.ts'
import { SegmentsField } from './segments-field.tsx'
import { SelectField } from './select-field.tsx'
import { StatusMark } from './status-mark.tsx'

interface NetworkControlsProps {
  readonly network: NetworkProfile
  readonly chosen: Readonly<Record<PlaceKind, Device>>
  readonly offered: Readonly<Record<PlaceKind, readonly Device[]>>
  readonly isWarm: boolean
  readonly onWarm: (isWarm: boolean) => void
}

/** The network between the places, and the device that stands for each place. */
export function NetworkControls({ network, chosen, offered, isWarm, onWarm }: NetworkControlsProps) {
  const text = useText().edgeCloud
  const { catalog, target, setTarget, places, setPlaces, setNetwork } = useWorkspace()
  const optionsOf = (kind: PlaceKind) => offered[kind].map(({ id, name }) => ({ value: id, label: name }))
  return (
    <aside className="flex flex-col gap-5" aria-label={text.network}>
      <section className="section flex flex-col gap-2.5">
        <SelectField
          label={text.network}
          options={(catalog?.networks ?? []).map(({ id, technology }) => ({
            value: id,
            label: `${technology} (${id})`,
          }))}
          value={network.id}
          onChange={setNetwork}
        />
        <NetworkFact name={text.rtt} fact={network.rttS} show={(value) => `${plain(msFromS(value))} ms`} />
        <NetworkFact name={text.rtt95} fact={network.rttP95S} show={(value) => `${plain(msFromS(value))} ms`} />
        <NetworkFact name={text.uplink} fact={network.uplinkBytesPerS} show={bitRate} />
        <NetworkFact name={text.downlink} fact={network.downlinkBytesPerS} show={bitRate} />
        <SegmentsField
          name="connection"
          label={text.connection}
          options={[
            { value: 'open', label: text.connectionOpen },
            { value: 'new', label: text.connectionNew },
          ]}
          value={isWarm ? 'open' : 'new'}
          onChange={(value) => onWarm(value === 'open')}
        />
      </section>
      <section className="section flex flex-col gap-3">
        <h2 className="text-dense">{text.places}</h2>
        <SelectField
          label={text.device}
          options={optionsOf('device')}
          value={chosen.device.id}
          onChange={(device) => setTarget({ ...(target.batch === undefined ? {} : { batch: target.batch }), device })}
        />
        {(['browser', 'worker', 'cloud'] as const).map((kind) => (
          <SelectField
            key={kind}
            label={text[kind]}
            options={optionsOf(kind)}
            value={chosen[kind].id}
            onChange={(id) => setPlaces({ ...places, [kind]: id })}
          />
        ))}
      </section>
    </aside>
  )
}

function NetworkFact({ name, fact, show }: { name: string; fact: Fact | null; show: (value: number) => string }) {
  const text = useText()
  return (
    <div>
      <div className="label">{name}</div>
      {fact === null ? (
        <span className="unknown">{text.unknown}</span>
      ) : (
        <span className="flex items-baseline justify-between gap-2" title={fact.sourceIds.join(', ')}>
          <span className="mono">{show(fact.value)}</span>
          <StatusMark status={fact.status} />
        </span>
      )}
    </div>
  )
}

/** Networks are sold in bits. */
function bitRate(bytesPerS: number): string {
  const { text, unit } = byteSize(bytesPerS * 8)
  return `${Number(text.replaceAll(',', ''))} ${unit.replace('B', 'bit/s')}`
}
