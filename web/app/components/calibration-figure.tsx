import type { SplitReport } from '../../../worker/contract/validation.ts'
import { CalibrationChart } from '../charts/calibration.tsx'
import { percent } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { ChartFrame } from './chart-frame.tsx'
import { DataTable } from './data-table.tsx'
import { Sized } from './sized.tsx'

export function CalibrationFigure({ curve }: { curve: SplitReport['calibration'] }) {
  const text = useText().accuracy.calibration
  const at80 = curve.find(({ statedShare }) => statedShare === 0.8)
  return (
    <ChartFrame
      title={text.title}
      note={text.note}
      summary={at80 === undefined ? '' : text.summary(percent(at80.observedShare))}
      fileName="edgefit-calibration"
      chart={
        <Sized>
          {(width) => <CalibrationChart curve={curve} width={Math.min(width, 350)} label={text.title} labels={text} />}
        </Sized>
      }
      table={
        <DataTable
          caption={text.title}
          head={[text.stated, text.observed]}
          rows={curve.map(({ statedShare, observedShare }) => [percent(statedShare), percent(observedShare)])}
        />
      }
    />
  )
}
