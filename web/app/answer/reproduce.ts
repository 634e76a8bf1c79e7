/** The shell commands that check a report from elsewhere: its bytes, and the answer for its first device. */
import type { Budget, LimitName } from '../../../simulator/decide/budget.ts'
import type { TargetKey } from '../../../simulator/predict/prediction.ts'
import { limitsOf } from '../../../simulator/report/figures.ts'

const limitOptions = {
  maxLatencyMs: ['max-latency-ms', 1],
  minThroughputPerS: ['min-fps', 1],
  maxPowerW: ['max-power-w', 1],
  maxMemoryBytes: ['max-memory-mb', 1e6],
  maxEnergyMj: ['max-energy-mj', 1],
  maxPriceUsd: ['max-price-usd', 1],
} as const satisfies Record<LimitName, readonly [option: string, unit: number]>

export function bytesCommand(origin: string, hash: string): string {
  return `curl -s ${origin}/v1/reports/${hash} | sha256sum\n# ${hash}`
}

/** `presets` tells which names need no file. */
export function fitCommand(
  { name, budget }: { readonly name: string; readonly budget: Budget },
  { deviceId, unitId, runtimeId, precision, batch, powerMode }: Omit<TargetKey, 'modelId'>,
  presets: readonly string[],
): string {
  const options: readonly (readonly [string, string])[] = [
    ['device', deviceId],
    ['unit', unitId],
    ['runtime', runtimeId],
    ['precision', precision],
    ...(batch === 1 ? [] : [['batch', String(batch)] as const]),
    ...(powerMode === 'default' ? [] : [['mode', powerMode] as const]),
    ...limitsOf(budget).map(({ limit, value }) => {
      const [option, unit] = limitOptions[limit]
      return [option, String(value / unit)] as const
    }),
  ]
  const model = presets.includes(name) ? `preset:${name}` : name
  return `npx edgefit fit ${quoted(model)} ${options.map(([option, value]) => `--${option} ${quoted(value)}`).join(' ')}`
}

/** A name from somebody's report must not become a command of the reader's shell. */
function quoted(word: string): string {
  return /^[\w.:/@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
