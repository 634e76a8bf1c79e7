/** The committed validation, unread: `worker/contract/validation.ts` says what it holds. */
import report from './validation.gen.json' with { type: 'json' }

export const validationReport: unknown = report
