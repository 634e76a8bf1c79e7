/** Problems as the command line shows them: one line for people, one object for programs. */
import type { Problem } from '../../simulator/problem.ts'
import { en } from '../../simulator/report/text/en.ts'
import { printable } from './terminal.ts'

/** `edgefit: unbound-dimension at batch (expected …; received …): Bind every symbol …`; always one line. */
export function problemLine(problem: Problem): string {
  return printable(`edgefit: ${what(problem)}: ${problem.fix}`)
}

/** Problems of a model that was read: a line for each kind, with its sentence and where it is found. */
export function warningLines(problems: readonly Problem[]): string[] {
  const groups = new Map<string, Problem[]>()
  for (const problem of problems) {
    const key = `${problem.code} ${problem.expected} ${problem.fix}`
    const group = groups.get(key) ?? []
    groups.set(key, group)
    group.push(problem)
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const wheres = group.flatMap(({ where }) => where ?? [])
    const isOne = group.every(({ received }) => received === first.received)
    const merged = {
      ...first,
      where: wheres.length === 0 ? null : listed(wheres),
      received: isOne ? first.received : null,
    }
    return printable(`${what(merged)}: ${en.problems[first.code]} ${first.fix}`)
  })
}

const shownPlaces = 3

function listed(wheres: readonly string[]): string {
  const more = wheres.length - shownPlaces
  return `${wheres.slice(0, shownPlaces).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function what({ code, where, expected, received }: Problem): string {
  const detail = [
    ...(expected === null ? [] : [`expected ${expected}`]),
    ...(received === null ? [] : [`received ${received}`]),
  ].join('; ')
  return `${code}${where === null ? '' : ` at ${where}`}${detail === '' ? '' : ` (${detail})`}`
}

export function problemJson({ code, where, expected, received, fix }: Problem): string {
  return `${JSON.stringify({ problem: { code, where, expected, received, fix } })}\n`
}
