/** The parts of an OpenAPI 3.1 document that the reference page shows. */
import { fail } from '../../../simulator/problem.ts'

export interface ApiField {
  /** `budget.maxLatencyMs`, `points[]`. */
  readonly path: string
  readonly type: string
  readonly required: boolean
  readonly description: string
}

export interface ApiOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly parameters: readonly ApiField[]
  readonly body: readonly ApiField[]
  /** A body that the operation accepts; `null` = it takes none. */
  readonly example: unknown
  readonly responses: readonly { readonly status: string; readonly description: string }[]
}

type Json = Readonly<Record<string, unknown>>

export async function fetchOpenApi(): Promise<readonly ApiOperation[]> {
  const response = await fetch('/openapi.json').catch(() => null)
  if (response === null || !response.ok) {
    throw fail('network-unreachable', 'The reference is read from the server; try again when it answers.')
  }
  return readOperations(await response.json())
}

/** Every operation of the document, in its order. */
export function readOperations(document: unknown): readonly ApiOperation[] {
  const root = asObject(document)
  return Object.entries(asObject(root.paths)).flatMap(([path, methods]) =>
    Object.entries(asObject(methods)).map(([method, content]) => readOperation(root, path, method, asObject(content))),
  )
}

function readOperation(root: Json, path: string, method: string, operation: Json): ApiOperation {
  const media = asObject(asObject(asObject(operation.requestBody).content)['application/json'])
  return {
    id: asText(operation.operationId) || `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    summary: asText(operation.summary),
    parameters: asList(operation.parameters).map((item): ApiField => {
      const parameter = asObject(item)
      const schema = resolve(root, parameter.schema)
      return {
        path: asText(parameter.name),
        type: typeText(root, schema),
        required: parameter.required === true,
        description: asText(parameter.description) || asText(schema.description),
      }
    }),
    body: fieldsOf(root, resolve(root, media.schema), '', 2),
    example: media.example ?? null,
    responses: Object.entries(asObject(operation.responses)).map(([status, response]) => ({
      status,
      description: asText(asObject(response).description),
    })),
  }
}

/** Fields of an object schema, nested ones with their path, down to `depth` levels. */
function fieldsOf(root: Json, schema: Json, prefix: string, depth: number): readonly ApiField[] {
  const required = asList(schema.required)
  return Object.entries(asObject(schema.properties)).flatMap(([name, content]) => {
    const field = resolve(root, content)
    const path = prefix === '' ? name : `${prefix}.${name}`
    const own: ApiField = {
      path,
      type: typeText(root, field),
      required: required.includes(name),
      description: asText(field.description),
    }
    return depth > 1 ? [own, ...fieldsOf(root, field, path, depth - 1)] : [own]
  })
}

function typeText(root: Json, schema: Json): string {
  if (Array.isArray(schema.enum)) return schema.enum.map(String).join(' | ')
  if (schema.const !== undefined) return String(schema.const)
  const variants = asList(schema.anyOf ?? schema.oneOf)
  if (variants.length > 0) return variants.map((variant) => typeText(root, resolve(root, variant))).join(' | ')
  const types = Array.isArray(schema.type) ? schema.type.map(String) : [asText(schema.type) || 'object']
  const text = types.join(' | ')
  return types.includes('array') ? `${typeText(root, resolve(root, schema.items))}[]` : text
}

/** Follows `$ref` into the document, as far as it leads. */
function resolve(root: Json, schema: unknown): Json {
  let current = asObject(schema)
  for (let step = 0; step < 8 && typeof current.$ref === 'string'; step++) {
    current = asObject(
      current.$ref
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((at, key) => asObject(at)[key], root),
    )
  }
  return current
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {} // checked above
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
