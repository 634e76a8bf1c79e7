import { compareOutcome, type FigureName, figuresOf } from '../../../simulator/decide/what-if/outcome.ts'
import type { Metric, Prediction } from '../../../simulator/predict/prediction.ts'
import { byteSize, figure, joined, significantDigits } from '../i18n/format.ts'
import { targetText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { deltaText } from '../i18n/what-if-text.ts'
import { useBaseline } from '../state/use-baseline.ts'
import { useWorkspace } from '../state/workspace.tsx'

const rows = ['latencyMs', 'throughputPerS', 'energyPerItemMj', 'memoryBytes'] as const satisfies readonly FigureName[]

/** The figures beside those of the pinned question, each with the band of the change itself. */
export function BaselineNote({ prediction }: { prediction: Prediction }) {
  const text = useText().baseline
  const { pinned, catalog, unpin } = useWorkspace()
  const baseline = useBaseline()
  if (pinned === null) return null
  const deviceName = catalog?.devices.find(({ id }) => id === pinned.target.device)?.name ?? pinned.target.device
  return (
    <section className="mt-4.5" aria-labelledby="baseline">
      <div className="flex items-baseline justify-between gap-2">
        <h3 id="baseline">{text.title}</h3>
        <button type="button" className="link text-note" onClick={unpin}>
          {text.unpin}
        </button>
      </div>
      {baseline?.kind === 'missing' && <p className="text-note text-ink2">{text.missing(baseline.name)}</p>}
      {baseline?.kind === 'problem' && <p className="text-note text-ink2">{text.gone(baseline.problem.fix)}</p>}
      {baseline?.kind === 'answer' && (
        <>
          <p className="text-note text-ink3">
            {baseline.modelName}, {deviceName}, {targetText(baseline.answer.prediction)}
          </p>
          <Deltas before={baseline.answer.prediction} after={prediction} />
        </>
      )}
    </section>
  )
}

function Deltas({ before, after }: { before: Prediction; after: Prediction }) {
  const { baseline: text, unknown } = useText()
  const was = figuresOf(before, null)
  const { figures, deltas } = compareOutcome(before, after, null)
  const names: Readonly<Record<(typeof rows)[number], string>> = {
    latencyMs: text.latency,
    throughputPerS: text.throughput,
    energyPerItemMj: text.energy,
    memoryBytes: text.memory,
  }
  return (
    <dl className="baseline">
      {rows.map((name) => {
        const delta = deltas[name]
        return (
          <div key={name}>
            <dt>{names[name]}</dt>
            <dd>
              {text.between(shown(name, was[name], unknown), shown(name, figures[name], unknown))}
              <span className="block text-ink2">{delta === null ? text.unlike : deltaText(delta)}</span>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

const units = { latencyMs: 'ms', throughputPerS: '/s', energyPerItemMj: 'mJ' } as const

function shown(name: (typeof rows)[number], metric: Metric, unknown: string): string {
  if (metric.availability === 'unavailable') return unknown
  const digits = significantDigits(metric)
  return name === 'memoryBytes' ? joined(byteSize(metric.p50, digits)) : `${figure(metric.p50, digits)} ${units[name]}`
}
