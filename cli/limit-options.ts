/** Limits on the command line, and the frame rate at which power counts. */
import type { Budget } from '../simulator/decide/budget.ts'
import { fail, type ProblemError } from '../simulator/problem.ts'
import { bytesFromMb } from '../simulator/quantities.ts'
import { limitValueSchema, ratePerSSchema } from '../worker/contract/question.ts'
import { optionalNumber } from './number-options.ts'

export const limitOptions = {
  'max-latency-ms': { type: 'string' },
  'min-fps': { type: 'string' },
  'max-power-w': { type: 'string' },
  'max-memory-mb': { type: 'string' },
  'max-energy-mj': { type: 'string' },
  'max-price-usd': { type: 'string' },
  /** At least so many, and power at just so many: idle in between. */
  fps: { type: 'string' },
} as const

type LimitName = keyof typeof limitOptions

export const limitUsage = Object.keys(limitOptions)
  .map((name) => `[--${name} N]`)
  .join(' ')

/** What is given, `fps` apart. Throws `invalid-usage` for what the API refuses as a limit. */
export function readBudget(options: Partial<Record<LimitName, string>>): Budget {
  const maxMemoryMb = read(options, 'max-memory-mb')
  const limits = {
    maxLatencyMs: read(options, 'max-latency-ms'),
    minThroughputPerS: read(options, 'min-fps'),
    maxPowerW: read(options, 'max-power-w'),
    maxMemoryBytes: maxMemoryMb === null ? null : bytesFromMb(maxMemoryMb),
    maxEnergyMj: read(options, 'max-energy-mj'),
    maxPriceUsd: read(options, 'max-price-usd'),
  } satisfies Record<keyof Budget, number | null>
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null))
}

/** Items per second; `null` = back to back. */
export function readRate(options: { readonly fps?: string | undefined }): number | null {
  return optionalNumber(options.fps, '--fps', ratePerSSchema) ?? null
}

export function noLimit(): ProblemError {
  return fail('invalid-usage', `Give at least one limit: ${limitUsage}.`, { where: 'limits' })
}

function read(options: Partial<Record<LimitName, string>>, name: LimitName): number | null {
  return optionalNumber(options[name], `--${name}`, limitValueSchema) ?? null
}
