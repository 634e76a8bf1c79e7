/** Problems as the command line shows them: one line for people, one object for programs. */
import type { Problem } from '../../simulator/problem.ts'
import { printable } from './terminal.ts'

/** `edgefit: unbound-dimension at batch: expected …, received …: Bind every symbol …`; always one line. */
export function problemLine({ code, where, expected, received, fix }: Problem): string {
  const detail = [
    expected === null ? null : `expected ${expected}`,
    received === null ? null : `received ${received}`,
  ].filter((part) => part !== null)
  const parts = [
    `edgefit: ${code}${where === null ? '' : ` at ${where}`}`,
    ...(detail.length > 0 ? [detail.join(', ')] : []),
    fix,
  ]
  return printable(parts.join(': '))
}

export function problemJson({ code, where, expected, received, fix }: Problem): string {
  return `${JSON.stringify({ problem: { code, where, expected, received, fix } })}\n`
}
