/** One change to a model or to its target, as plain data. */
import { fail } from '../../problem.ts'

export type Change =
  // the network
  | { readonly kind: 'student'; readonly preset: string }
  | { readonly kind: 'width'; readonly factor: number }
  | { readonly kind: 'depth'; readonly factor: number }
  | { readonly kind: 'resolution'; readonly factor: number }
  /** Share of the channels that goes. */
  | { readonly kind: 'prune'; readonly ratio: number }
  // its operators
  | { readonly kind: 'clamp-activations' }
  | { readonly kind: 'drop-transposes' }
  | { readonly kind: 'pad-channels' }
  // the target
  | { readonly kind: 'device'; readonly device: string }
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'unit'; readonly unit: string }
  | { readonly kind: 'runtime'; readonly runtime: string }
  | { readonly kind: 'precision'; readonly precision: string }
  | { readonly kind: 'mode'; readonly mode: string }
  /** Of the clock that the mode allows, and of the bandwidth that the target is taken to have. */
  | { readonly kind: 'clock'; readonly share: number }
  | { readonly kind: 'bandwidth'; readonly factor: number }
  | { readonly kind: 'batch'; readonly items: number }
  | { readonly kind: 'threads'; readonly threads: number }
  /** Zeros in the weights of products: `2:4`, or `unstructured` with a share of zeros. */
  | { readonly kind: 'sparsity'; readonly pattern: string; readonly zeroShare: number }

export type ChangeKind = Change['kind']

/**
 * The order in which changes are applied, whatever the order in which they are named: the network before its operators
 * before the target, and zeros last, since the target decides what they are worth.
 */
export const changeKinds = [
  'student',
  'width',
  'depth',
  'resolution',
  'prune',
  'clamp-activations',
  'drop-transposes',
  'pad-channels',
  'device',
  'link',
  'unit',
  'runtime',
  'precision',
  'mode',
  'clock',
  'bandwidth',
  'batch',
  'threads',
  'sparsity',
] as const satisfies readonly ChangeKind[]

/** `precision=int8`, `prune=0.3`, `drop-transposes`: what the command line takes and every answer shows. */
export function changeLabel(change: Change): string {
  switch (change.kind) {
    case 'student':
      return `student=${change.preset}`
    case 'width':
    case 'depth':
    case 'resolution':
    case 'bandwidth':
      return `${change.kind}=${change.factor}`
    case 'prune':
      return `prune=${change.ratio}`
    case 'device':
      return `device=${change.device}`
    case 'link':
      return `link=${change.link}`
    case 'unit':
      return `unit=${change.unit}`
    case 'runtime':
      return `runtime=${change.runtime}`
    case 'precision':
      return `precision=${change.precision}`
    case 'mode':
      return `mode=${change.mode}`
    case 'clock':
      return `clock=${change.share}`
    case 'batch':
      return `batch=${change.items}`
    case 'threads':
      return `threads=${change.threads}`
    case 'sparsity':
      return `sparsity=${change.pattern === 'unstructured' ? change.zeroShare : change.pattern}`
    default:
      return change.kind
  }
}

/** In the order of application. Throws `invalid-field` for two changes of one kind: only one of them can be true. */
export function inOrder(changes: readonly Change[]): Change[] {
  const twice = changes.find((change, index) => changes.findIndex(({ kind }) => kind === change.kind) !== index)
  if (twice !== undefined) {
    throw fail('invalid-field', 'Combine at most one change of each kind.', {
      where: 'changes',
      received: changeLabel(twice),
    })
  }
  return changes.toSorted((a, b) => changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind))
}
