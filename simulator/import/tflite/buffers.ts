/** Where the data of tensors is: in the file's buffers, behind its tables, or in files beside it. Only lengths are read. */
import type { Constant } from '../../graph/graph.ts'
import { fail } from '../../problem.ts'
import { isSafePath } from '../external-data.ts'
import { type FlatBuffer, malformed, Table } from '../flatbuffer.ts'
import { bufferSlots, externalBufferSlots, externalGroupSlots, modelSlots } from './fields.ts'

export interface StoredData {
  readonly start: number
  readonly bytes: number
}

const noData: StoredData = { start: 0, bytes: 0 }

export class TfliteBuffers {
  readonly #file: FlatBuffer
  readonly #tables: readonly number[]
  readonly #externalGroups: readonly number[]
  readonly #externalTables: readonly number[]
  #externalById: ReadonlyMap<number, number> | null = null

  constructor(file: FlatBuffer, model: Table) {
    this.#file = file
    this.#tables = model.tables(modelSlots.buffers)
    this.#externalGroups = model.tables(modelSlots.externalGroups)
    this.#externalTables = model.tables(modelSlots.externalBuffers)
  }

  /** Throws `malformed` for a buffer that the file does not have, `truncated` for data beyond its end. */
  data(index: number, tensorAt: number): StoredData {
    const at = this.#tables[index]
    // Buffer 0 stands for no data and may be missing with all others.
    if (at === undefined && index !== 0) throw malformed(tensorAt, 'a buffer of the file', `number ${index}`)
    return at === undefined ? noData : this.#locate(new Table(this.#file, at))
  }

  #locate(buffer: Table): StoredData {
    const { start, length } = buffer.list(bufferSlots.data, 1)
    if (length > 0) return { start, bytes: length }
    const offset = buffer.u64(bufferSlots.offset)
    const size = buffer.u64(bufferSlots.size)
    // Exporters write 1 for what they fill in later, and leave it where nothing follows.
    if (offset <= 1 || size <= 1) return noData
    if (offset + size > this.#file.pages.size) {
      throw fail('truncated', 'Copy or download the file again, or export it again; it points beyond its end.', {
        where: `byte ${buffer.at}`,
        expected: `at least ${offset + size} bytes`,
        received: `${this.#file.pages.size} bytes`,
      })
    }
    return { start: offset, bytes: size }
  }

  /** Throws `malformed` for a buffer that the file does not list, `unsafe-path` where its file lies elsewhere. */
  external(id: number, tensorAt: number): NonNullable<Constant['external']> {
    const at = this.#externals().get(id)
    if (at === undefined) throw malformed(tensorAt, 'an external buffer of the file', `number ${id}`)
    const buffer = new Table(this.#file, at)
    const groupAt = this.#externalGroups[buffer.u32(externalBufferSlots.group)]
    const location = groupAt === undefined ? null : new Table(this.#file, groupAt).text(externalGroupSlots.name)
    if (location === null || location === '') throw malformed(at, 'a group with the name of a file')
    if (!isSafePath(location)) {
      throw fail('unsafe-path', 'Put the external data beside the model file and refer to it by a relative path.', {
        where: `byte ${at}`,
        expected: "a path within the model's folder",
        received: location,
      })
    }
    const offset = buffer.u64(externalBufferSlots.offset)
    const lengthBytes = buffer.u64(externalBufferSlots.length)
    if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(lengthBytes)) {
      throw malformed(at, 'an offset and a length within a file')
    }
    return { location, offset, lengthBytes }
  }

  #externals(): ReadonlyMap<number, number> {
    this.#externalById ??= new Map(
      this.#externalTables.map((at) => [new Table(this.#file, at).u32(externalBufferSlots.id), at]),
    )
    return this.#externalById
  }
}
