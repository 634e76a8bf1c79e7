/** The constants that ship: everything in the table is a documented default. */
import { kindParameters } from './kind-parameters.ts'
import { overheadScopes } from './overheads.ts'
import type { ParameterScopes } from './parameters.ts'

export const defaultParameters: ParameterScopes = { ...kindParameters, ...overheadScopes }
