import type { ReportPrediction } from '../../../simulator/report/format.ts'
import { figure, percent } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { BoundMark } from './bound-mark.tsx'

/** The kernels that take longest, as shares of the median latency. */
export function LargestKernels({ prediction }: { prediction: ReportPrediction }) {
  const text = useText()
  const { largestKernels, latencyMs } = prediction
  if (largestKernels.length === 0 || latencyMs.availability === 'unavailable') return null
  return (
    <section>
      <h3>{text.detail.largest}</h3>
      <table className="mt-1">
        <caption className="visually-hidden">{text.detail.largest}</caption>
        <tbody>
          {largestKernels.map((kernel, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names of kernels may repeat; the list never changes order.
            <tr key={index}>
              <th scope="row" className="max-w-0 truncate !py-1 !text-note !font-normal" title={kernel.name}>
                {kernel.name}
              </th>
              <td className="w-20 !py-1 text-note">
                <BoundMark bound={kernel.bound} />
              </td>
              <td className="numeric w-16 !py-1">{figure(kernel.timeMs, 2)} ms</td>
              <td className="numeric w-12 !py-1 text-ink3">{percent(kernel.timeMs / latencyMs.p50)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
