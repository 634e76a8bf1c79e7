/**
 * Random access to a `ByteSource` for synchronous code, as an operating system gives it to a file: what is not in memory
 * yet is a page fault; the page is read and the step that wanted it runs again.
 */
import type { ByteSource } from './byte-source.ts'
import { maxCachedBytes, maxPagedReadAheadBytes, minPagedReadAheadBytes } from './limits.ts'

/** Thrown by accessors, caught by `run`; no error, so no stack is recorded. */
class PageFault {
  readonly firstPage: number
  readonly lastPage: number

  constructor(firstPage: number, lastPage: number) {
    this.firstPage = firstPage
    this.lastPage = lastPage
  }
}

/** Consecutive pages that were read together. */
export interface Run {
  readonly start: number
  readonly end: number
  readonly view: DataView
}

const pageBytes = minPagedReadAheadBytes
const maxReadAheadPages = maxPagedReadAheadBytes / pageBytes
const nowhere: Run = { start: 0, end: 0, view: new DataView(new ArrayBuffer(0)) }

export class PagedSource {
  readonly size: number
  readonly #source: ByteSource
  readonly #onFault: () => void
  readonly #pages = new Map<number, Run>()
  #cachedBytes = 0
  #readAheadPages = 1
  #latest = nowhere

  /** `onFault` is told of every read, so that a file that causes absurdly many can be refused. */
  constructor(source: ByteSource, onFault: () => void) {
    this.#source = source
    this.size = source.size
    this.#onFault = onFault
  }

  /** The result of `step`, which may run several times and must not change anything before its last access. */
  async run<Result>(step: () => Result): Promise<Result> {
    for (;;) {
      try {
        return step()
      } catch (fault) {
        if (!(fault instanceof PageFault)) throw fault
        await this.#read(fault)
      }
    }
  }

  /** A run that holds `length` bytes from `offset`, which must lie within the file. */
  locate(offset: number, length: number): Run {
    const latest = this.#latest
    if (offset >= latest.start && offset + length <= latest.end) return latest
    const first = Math.floor(offset / pageBytes)
    const last = Math.floor((offset + Math.max(length, 1) - 1) / pageBytes)
    for (let page = first; page <= last; page += 1) if (!this.#pages.has(page)) throw new PageFault(first, last)
    const run = this.#pages.get(first) ?? nowhere
    if (offset + length > run.end) return this.#join(offset, length)
    this.#latest = run
    return run
  }

  /** Values that straddle two runs, and lists that cover several. */
  #join(offset: number, length: number): Run {
    const joined = new Uint8Array(length)
    for (let at = offset; at < offset + length; ) {
      const { start, end, view } = this.#pages.get(Math.floor(at / pageBytes)) ?? nowhere
      const until = Math.min(end, offset + length)
      joined.set(new Uint8Array(view.buffer, view.byteOffset + at - start, until - at), at - offset)
      at = until
    }
    return { start: offset, end: offset + length, view: new DataView(joined.buffer) }
  }

  /** Reads the missing pages, and more of them along a walk in either direction: builders write from the end. */
  async #read({ firstPage, lastPage }: PageFault): Promise<void> {
    this.#onFault()
    let first = firstPage
    let last = lastPage
    const endPage = Math.ceil(this.size / pageBytes)
    const goesUp = this.#pages.has(first - 1)
    const goesDown = !goesUp && this.#pages.has(last + 1)
    this.#readAheadPages = goesUp || goesDown ? Math.min(2 * this.#readAheadPages, maxReadAheadPages) : 1
    while (goesUp && last - first + 1 < this.#readAheadPages && last + 1 < endPage && !this.#pages.has(last + 1))
      last += 1
    while (goesDown && last - first + 1 < this.#readAheadPages && first > 0 && !this.#pages.has(first - 1)) first -= 1
    const start = first * pageBytes
    const bytes = await this.#source.read(start, Math.min((last + 1) * pageBytes, this.size) - start)
    if (this.#cachedBytes + bytes.length > maxCachedBytes) this.#forget()
    this.#cachedBytes += bytes.length
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const run = { start, end: start + bytes.length, view }
    for (let page = first; page <= last; page += 1) this.#pages.set(page, run)
    this.#latest = run
  }

  #forget(): void {
    this.#pages.clear()
    this.#cachedBytes = 0
  }
}
