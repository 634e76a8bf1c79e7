import type { Sustained } from '../../../simulator/decide/sustained.ts'
import { HeatChart } from '../charts/heat.tsx'
import { figure, percent, plain } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { ChartFrame } from './chart-frame.tsx'
import { DataTable } from './data-table.tsx'
import { Sized } from './sized.tsx'
import { Slider } from './slider.tsx'

const ambient = { min: -20, max: 70, step: 5, usual: 25 } as const
/** Less than this is not worth a clock. */
const leastSaving = 0.01

/** Thirty minutes of work: latency, temperatures, the governor, and what the heat rests on. */
export function HeatPanel({ heat }: { heat: Sustained | null }) {
  const text = useText().heat
  if (heat === null) return <p className="text-ink2">{text.unknown}</p>
  const summary = heatSentence(heat, text)
  return (
    <>
      <ChartFrame
        title={text.title}
        note={text.note(heat.minutes.length)}
        summary={summary}
        fileName="edgefit-heat"
        footnote={summary}
        chart={
          <Sized>
            {(width) => (
              <HeatChart
                heat={heat}
                width={width}
                label={summary}
                labels={{
                  latency: text.latency,
                  temperature: text.temperature,
                  minutes: text.minutes,
                  die: text.die,
                  surface: text.surface,
                  limit: (name, celsius) =>
                    text.limit(name === 'dieLimitC' ? text.die : text.surface, text.celsius(plain(celsius))),
                }}
              />
            )}
          </Sized>
        }
        table={<HeatTwin heat={heat} />}
      />
      <PaceNote heat={heat} />
      <AmbientSlider />
      <HeatFacts heat={heat} />
    </>
  )
}

function heatSentence(heat: Sustained, text: ReturnType<typeof useText>['heat']): string {
  const { throttlesAfterS, firstMinuteMs, sustainedMs, sustainedClockShare, coldW, sustainableW, overheats } = heat
  if (throttlesAfterS === null) return text.never(`${figure(coldW, 2)} W`, `${figure(sustainableW, 2)} W`)
  const ms = (value: number) => `${figure(value, 2)} ms`
  const throttles = text.throttles(
    `${figure(throttlesAfterS / 60, 2)} ${text.minutes}`,
    ms(firstMinuteMs),
    ms(sustainedMs),
    percent(sustainedClockShare),
  )
  return overheats ? `${throttles} ${text.overheats}` : throttles
}

function HeatTwin({ heat: { minutes } }: { heat: Sustained }) {
  const text = useText().heat
  const { table } = text
  return (
    <DataTable
      caption={text.title}
      head={[table.minute, table.latency, table.clock, table.power, table.die, table.surface]}
      rows={minutes.map(({ minute, latencyMs, clockShare, powerW, dieC, surfaceC }) => [
        `${minute}`,
        figure(latencyMs, 3),
        percent(clockShare),
        figure(powerW, 3),
        figure(dieC, 3),
        figure(surfaceC, 3),
      ])}
    />
  )
}

/** Race to idle or pace, where a rate was chosen. */
function PaceNote({ heat: { pace, coldW } }: { heat: Sustained }) {
  const text = useText()
  const { whatIf } = useWorkspace()
  if (pace === null || whatIf.ratePerS === undefined) return null
  const rate = text.sliders.perS(whatIf.ratePerS)
  const saved = 1 - pace.powerW / coldW
  return (
    <p className="text-dense text-ink2">
      {saved < leastSaving
        ? text.heat.race(rate)
        : text.heat.pace(rate, percent(pace.clockShare), `${figure(pace.powerW, 2)} W`, percent(saved))}
    </p>
  )
}

function AmbientSlider() {
  const text = useText().heat
  const { whatIf, setWhatIf } = useWorkspace()
  const { ambientC, ...others } = whatIf
  const shown = ambientC ?? ambient.usual
  return (
    <div className="max-w-80">
      <Slider
        label={text.ambient}
        text={text.celsius(plain(shown))}
        value={shown}
        min={ambient.min}
        max={ambient.max}
        step={ambient.step}
        ends={[plain(ambient.min), plain(ambient.max)]}
        onChange={(value) => setWhatIf(value === ambient.usual ? others : { ...others, ambientC: value })}
        onReset={ambientC === undefined ? null : () => setWhatIf(others)}
      />
    </div>
  )
}

function HeatFacts({ heat: { constants } }: { heat: Sustained }) {
  const text = useText().heat
  return (
    <section aria-labelledby="heat-facts">
      <div className="section-head">
        <h2 id="heat-facts">{text.restsOn}</h2>
      </div>
      <table>
        <caption className="visually-hidden">{text.restsOn}</caption>
        <tbody>
          {constants.map(({ name, value, unit, status }) => (
            <tr key={name}>
              <th scope="row" className="!font-normal">
                {text.constants[name]}
              </th>
              <td className="numeric">
                {plain(Number(value.toPrecision(3)))} {unit}
              </td>
              <td className="text-note text-ink2">{text.statuses[status]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
