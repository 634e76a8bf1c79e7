/** Operators whose first output is their first input under another shape. */
import { findOperator } from './operators.ts'

export function isViewOperator(key: string): boolean {
  return findOperator(key)?.class === 'view'
}
