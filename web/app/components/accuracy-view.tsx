import { useState } from 'react'
import type { Standing, ValidationReport } from '../../../worker/contract/validation.ts'
import { figure, percent } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { AccuracyAnchors } from './accuracy-anchors.tsx'
import { AccuracyApart } from './accuracy-apart.tsx'
import { AccuracyFamilies } from './accuracy-families.tsx'
import { AccuracyFit } from './accuracy-fit.tsx'
import { AccuracyLevels } from './accuracy-levels.tsx'
import { AccuracyPooled } from './accuracy-pooled.tsx'
import { AccuracyReplay } from './accuracy-replay.tsx'
import { AccuracyScatter } from './accuracy-scatter.tsx'
import { AccuracyVerdicts } from './accuracy-verdicts.tsx'
import { AccuracyWorst } from './accuracy-worst.tsx'
import { CalibrationFigure } from './calibration-figure.tsx'
import { Segments } from './segments.tsx'

const axes = ['model', 'device', 'family'] as const
type Axis = (typeof axes)[number]

/** The whole page for one way of holding out; the scatter is always of new models. */
export function AccuracyView({ validation }: { validation: ValidationReport }) {
  const text = useText().accuracy
  const [axis, setAxis] = useState<Axis>('model')
  const split = validation.splits[axis]
  const { pooled, families } = split
  const count = (of: Standing) => families.filter(({ standing }) => standing === of).length
  const facts = [
    [text.held, figure(pooled.rows, 4)],
    [text.median, pooled.metrics === null ? '' : percent(pooled.metrics.mdApe)],
    [text.covers, pooled.metrics?.intervals ? percent(pooled.metrics.intervals.coverage80Share) : ''],
    [text.hold, text.holdOf(count('evident'), count('evident') + count('offTarget'))],
    [text.tooFew, String(count('tooFewToJudge'))],
    [text.noBetter, String(count('noBetter'))],
  ] as const
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-x-10 gap-y-4 py-7">
        <div>
          <h1>{text.title}</h1>
          <p className="mt-1 max-w-[560px] text-ink2">
            {text.lead} {text.run(validation.engineVersion, validation.catalogVersion.slice(0, 8))}
          </p>
          <div className="mt-3 flex items-center gap-3 text-note text-ink2">
            {text.split}
            <Segments
              name="split"
              label={text.split}
              options={axes.map((value) => ({ value, label: text.splits[value] }))}
              value={axis}
              onChange={setAxis}
            />
          </div>
        </div>
        <dl className="accuracy-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="accuracy">
        <div className="section min-w-0">
          <AccuracyScatter validation={validation} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <div className="section">
            <CalibrationFigure curve={split.calibration} />
          </div>
          <AccuracyVerdicts verdicts={split.verdicts} />
        </div>
        <AccuracyWorst points={split.worst} sources={validation.sources} />
      </div>
      <div className="mt-8 max-w-[960px]">
        <AccuracyLevels levels={validation.byLevel} />
      </div>
      <div className="mt-8 max-w-[960px]">
        <AccuracyPooled split={split} />
      </div>
      <AccuracyFamilies families={families} />
      <AccuracyAnchors splits={validation.splits} />
      <AccuracyReplay replay={validation.replay} sources={validation.sources} />
      <AccuracyFit fit={validation.fit} />
      <AccuracyApart validation={validation} split={split} />
    </>
  )
}
