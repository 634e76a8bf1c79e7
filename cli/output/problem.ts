/** Problems as the command line shows them: one line for people, one object for programs. */
import type { Problem } from '../../simulator/problem.ts'
import { printable } from './terminal.ts'

/** `edgefit: unbound-dimension at batch (expected …; received …): Bind every symbol …`; always one line. */
export function problemLine({ code, where, expected, received, fix }: Problem): string {
  const place = where === null ? '' : ` at ${where}`
  const detail = [
    ...(expected === null ? [] : [`expected ${expected}`]),
    ...(received === null ? [] : [`received ${received}`]),
  ].join('; ')
  return printable(`edgefit: ${code}${place}${detail === '' ? '' : ` (${detail})`}: ${fix}`)
}

export function problemJson({ code, where, expected, received, fix }: Problem): string {
  return `${JSON.stringify({ problem: { code, where, expected, received, fix } })}\n`
}
