/** `--try precision=int8,prune=0.3`: changes on the command line. */
import { type Change, changeKinds } from '../simulator/decide/what-if/change.ts'
import { fail, type ProblemError } from '../simulator/problem.ts'
import { positiveCount, positiveNumber } from './number-options.ts'

/** May be repeated. */
export const changeOptions = { try: { type: 'string', multiple: true } } as const

export const changeUsage = '[--try precision=int8,runtime=tvm,prune=0.3,width=0.75,resolution=0.75,sparsity=2:4,…]'

/** In the order given. Throws `invalid-usage` for a change that does not exist or lacks its value. */
export function parseChanges(options: readonly string[] = []): Change[] {
  return options.flatMap((text) => text.split(',').map((change) => parseChange(change.trim())))
}

function parseChange(text: string): Change {
  const at = text.indexOf('=')
  const kind = at === -1 ? text : text.slice(0, at)
  const value = at === -1 ? '' : text.slice(at + 1).trim()
  switch (kind) {
    case 'clamp-activations':
    case 'drop-transposes':
    case 'pad-channels':
      if (value !== '') throw unknownChange(text)
      return { kind }
    case 'student':
      return { kind, preset: needed(text, value).replace(/^preset:/, '') }
    case 'width':
    case 'depth':
    case 'resolution':
    case 'bandwidth':
      return { kind, factor: positiveNumber(value, `--try ${kind}`) }
    case 'prune':
      return { kind, ratio: positiveNumber(value, '--try prune') }
    case 'device':
      return { kind, device: needed(text, value) }
    case 'link':
      return { kind, link: needed(text, value) }
    case 'unit':
      return { kind, unit: needed(text, value) }
    case 'runtime':
      return { kind, runtime: needed(text, value) }
    case 'precision':
      return { kind, precision: needed(text, value) }
    case 'mode':
      return { kind, mode: needed(text, value) }
    case 'clock':
      return { kind, share: positiveNumber(value, '--try clock') }
    case 'batch':
      return { kind, items: positiveCount(value, '--try batch') }
    case 'threads':
      return { kind, threads: positiveCount(value, '--try threads') }
    case 'sparsity':
      return value.includes(':')
        ? { kind, pattern: value, zeroShare: 0 }
        : { kind, pattern: 'unstructured', zeroShare: positiveNumber(value, '--try sparsity') }
    default:
      throw unknownChange(text)
  }
}

function needed(text: string, value: string): string {
  if (value === '') throw unknownChange(text)
  return value
}

function unknownChange(text: string): ProblemError {
  return fail('invalid-usage', 'Name changes as KIND=VALUE, separated by commas.', {
    where: '--try',
    expected: changeKinds.join(', '),
    received: text,
  })
}
