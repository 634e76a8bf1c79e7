/** Variables and tables that live from run to run. */
import { type LoweredTable, lowered, registered, same } from './rule.ts'

/** `like` gives outputs a tensor type; a handle has none. */
const handle = lowered('ResourceHandle', registered('ResourceHandle'))

export const states: LoweredTable = {
  VAR_HANDLE: handle,
  HASHTABLE: handle,
  READ_VARIABLE: same('ReadVariable'),
  ASSIGN_VARIABLE: same('AssignVariable'),
  HASHTABLE_IMPORT: same('HashtableImport'),
  HASHTABLE_FIND: same('HashtableFind'),
  HASHTABLE_SIZE: same('HashtableSize'),
  CALL_ONCE: same('CallOnce'),
}
