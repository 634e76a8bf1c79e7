/** The committed report. */
import { readFileSync } from 'node:fs'
import type { ValidationReport } from './report.ts'

export const reportFile = new URL('../../device-catalog/validation.gen.json', import.meta.url)

export function committedReport(): ValidationReport {
  // Written by `reportText` alone; the API's schema refuses any other form in its tests.
  return JSON.parse(readFileSync(reportFile, 'utf8')) as ValidationReport
}

const digits = 4

/** With the digits that are written, so that a fresh report compares with a committed one. */
export function rounded(report: ValidationReport): ValidationReport {
  // Rounding changes no key and no type.
  return JSON.parse(JSON.stringify(report, round)) as ValidationReport
}

export function reportText(report: ValidationReport): string {
  return `${JSON.stringify(report)}\n`
}

function round(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(digits)) : value
}
