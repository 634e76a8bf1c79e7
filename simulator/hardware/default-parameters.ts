/** The parameter table that ships: everything in it is a documented default. */
import { kindParameters } from './kind-parameters.ts'
import { overheadScopes } from './overheads.ts'
import type { ParameterTable } from './parameters.ts'

export const defaultParameters: ParameterTable = {
  status: 'default',
  scopes: { ...kindParameters, ...overheadScopes },
}
