/** The committed report. */
import { existsSync, readFileSync } from 'node:fs'
import { type ValidationReport, validationSchema } from '../../worker/contract/validation.ts'

export const reportFile = new URL('../../device-catalog/validation.gen.json', import.meta.url)

/** `null` where there is none, or one of another form. */
export function committedReport(): ValidationReport | null {
  if (!existsSync(reportFile)) return null
  return validationSchema.safeParse(JSON.parse(readFileSync(reportFile, 'utf8'))).data ?? null
}

const digits = 4

/** With the digits that are written, so that a fresh report compares with a committed one. */
export function rounded(report: ValidationReport): ValidationReport {
  return validationSchema.parse(JSON.parse(JSON.stringify(report, round)))
}

export function reportText(report: ValidationReport): string {
  return `${JSON.stringify(report)}\n`
}

function round(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(digits)) : value
}
