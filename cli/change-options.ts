/** `--try precision=int8,prune=0.3`: changes on the command line. */
import { type Change, changeKinds } from '../simulator/decide/what-if/change.ts'
import { fail, type ProblemError } from '../simulator/problem.ts'
import { changeSchema } from '../worker/contract/change.ts'
import { expectation } from '../worker/contract/issue.ts'

/** May be repeated. */
export const changeOptions = { try: { type: 'string', multiple: true } } as const

export const changeUsage = '[--try precision=int8,runtime=tvm,prune=0.3,width=0.75,resolution=0.75,sparsity=2:4,…]'

/** In the order given. Throws `invalid-usage` for a change that does not exist, or whose value the API refuses. */
export function parseChanges(options: readonly string[] = []): Change[] {
  return options.flatMap((text) => text.split(',').map((change) => parseChange(change.trim())))
}

function parseChange(text: string): Change {
  const at = text.indexOf('=')
  const kind = changeKinds.find((each) => each === (at === -1 ? text : text.slice(0, at)))
  if (kind === undefined) throw unknownChange(text)
  const parsed = changeSchema.safeParse(changeOf(kind, at === -1 ? undefined : text.slice(at + 1).trim()))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw fail('invalid-usage', `Correct the value of ${kind}, written as KIND=VALUE.`, {
    where: `--try ${kind}`,
    expected: issue === undefined || issue.code === 'unrecognized_keys' ? 'no value' : expectation(issue),
    received: text,
  })
}

/** The change before its value is checked; a value where none belongs is kept, to be refused. */
function changeOf(kind: Change['kind'], value: string | undefined): Record<string, unknown> {
  const number = value === undefined || value === '' ? value : Number(value)
  switch (kind) {
    case 'clamp-activations':
    case 'drop-transposes':
    case 'pad-channels':
      return value === undefined ? { kind } : { kind, value }
    case 'student':
      return { kind, preset: value?.replace(/^preset:/, '') }
    case 'width':
    case 'depth':
    case 'resolution':
    case 'bandwidth':
      return { kind, factor: number }
    case 'prune':
      return { kind, ratio: number }
    case 'clock':
      return { kind, share: number }
    case 'batch':
      return { kind, items: number }
    case 'threads':
      return { kind, threads: number }
    case 'sparsity':
      return value?.includes(':') === true
        ? { kind, pattern: value, zeroShare: 0 }
        : { kind, pattern: 'unstructured', zeroShare: number }
    default:
      return { kind, [kind]: value }
  }
}

function unknownChange(text: string): ProblemError {
  return fail('invalid-usage', 'Name changes as KIND=VALUE, separated by commas.', {
    where: '--try',
    expected: changeKinds.join(', '),
    received: text,
  })
}
