import type { NetworkProfile } from '../../../simulator/network/profile.ts'
import { formatProbability } from '../../../simulator/report/figures.ts'
import { firstPlace } from '../answer/best-place.ts'
import { byteSize, figure, joined, significantDigits } from '../i18n/format.ts'
import { limitValue } from '../i18n/limit-text.ts'
import { useText } from '../i18n/use-text.ts'
import type { Place, PlaceKind, PlacesAnswer } from '../workers/compare-places.ts'
import type { OpenedModel } from '../workers/model-service.ts'

interface PlacesFindingProps {
  readonly answer: PlacesAnswer
  readonly model: OpenedModel
  readonly network: NetworkProfile
  readonly deadlineMs: number | null
}

/** The comparison as a sentence: by the deadline where there is one, otherwise by who answers first. */
export function PlacesFinding({ answer, model, network, deadlineMs }: PlacesFindingProps) {
  const text = useText().edgeCloud
  return (
    <div>
      <div role="status">
        <h1>{useFinding(answer, network, deadlineMs)}</h1>
      </div>
      <p className="mt-1.5 text-ink2">{text.lead(model.name, joined(byteSize(answer.uplinkBytes)))}</p>
    </div>
  )
}

function useFinding({ places }: PlacesAnswer, network: NetworkProfile, deadlineMs: number | null): string {
  const text = useText().edgeCloud
  const inTime = (kind: PlaceKind) => places.find((place) => place.kind === kind)?.pInTime ?? null
  const device = inTime('device')
  const cloud = inTime('cloud')
  if (deadlineMs !== null && device !== null && cloud !== null) {
    const limit = limitValue('maxLatencyMs', deadlineMs)
    return text.deadline(network.technology, limit, formatProbability(device), formatProbability(cloud))
  }
  const compared = places.filter(isEnd).map(({ kind, path }) => ({ key: kind, totalMs: path.totalMs }))
  const first = firstPlace(compared)
  if (first.kind === 'unknown') return text.title(network.technology)
  if (first.kind === 'indistinguishable') {
    return text.overlap(text.inSentence[first.first], text.inSentence[first.second], network.technology)
  }
  const latency = `${figure(first.totalMs.p50, significantDigits(first.totalMs))} ms`
  return text.sentence(text.inSentence[first.first], latency, network.technology)
}

/** Device or cloud is the question; tab and edge Worker stand between. */
function isEnd({ kind }: Place): boolean {
  return kind === 'device' || kind === 'cloud'
}
