/**
 * Mutations of FlatBuffers at the places that hold them together: offsets, vtables, lengths of vectors, scalars. They are
 * found without a schema: what points within the file to something plausible counts as an offset.
 */
import { type Random, sampleInteger } from '../../simulator/random.ts'
import { edgeValues, type Mutate, mutateBytes, pick, small } from './mutate-bytes.ts'

interface Site {
  readonly at: number
  readonly width: 1 | 2 | 4
  readonly kind: 'offset' | 'vtable' | 'length' | 'scalar'
}

const mostSites = 4000

/** Changes one to five of them. */
export const mutateFlatbuffer: Mutate = (content, random, others) => {
  const sites = sitesOf(content)
  if (sites.length === 0) return mutateBytes(content, random, others)
  const changed = content.slice()
  const view = new DataView(changed.buffer, changed.byteOffset, changed.byteLength)
  const offsets = sites.filter(({ kind }) => kind === 'offset')
  for (let count = 1 + small(random, 5); count > 0; count -= 1) {
    const site = pick(random, sites)
    const value =
      site.kind === 'offset' && random.uniform() < 0.6 ? towards(view, site, offsets, random) : edge(view, site, random)
    if (site.width === 1) view.setUint8(site.at, value & 0xff)
    else if (site.width === 2) view.setUint16(site.at, value & 0xffff, true)
    else view.setUint32(site.at, value >>> 0, true)
  }
  return changed
}

/** To where another offset points, or to itself. */
function towards(view: DataView, { at }: Site, offsets: readonly Site[], random: Random): number {
  if (random.uniform() < 0.1) return 0
  const other = pick(random, offsets)
  return other.at + view.getUint32(other.at, true) - at
}

function edge(view: DataView, { at, width }: Site, random: Random): number {
  const now = width === 1 ? view.getUint8(at) : width === 2 ? view.getUint16(at, true) : view.getUint32(at, true)
  return pick(random, [
    now + 1,
    now - 1,
    now * 2,
    ...edgeValues.map(Number),
    sampleInteger(random, 1 + view.byteLength),
  ])
}

function sitesOf(content: Uint8Array): Site[] {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  const sites: Site[] = []
  const seen = new Set<number>()
  const pending: number[] = []
  const inFile = (at: number, length: number) => at >= 0 && at + length <= content.length
  const follow = (at: number): void => {
    if (!inFile(at, 4)) return
    sites.push({ at, width: 4, kind: 'offset' })
    const target = at + view.getUint32(at, true)
    if (inFile(target, 4) && !seen.has(target)) {
      seen.add(target)
      pending.push(target)
    }
  }
  follow(0)
  for (let at = pending.pop(); at !== undefined && sites.length < mostSites; at = pending.pop()) {
    const vtable = at - view.getInt32(at, true)
    if (isVtable(view, vtable)) visitTable(view, at, vtable, sites, follow)
    else visitVector(view, at, sites, follow)
  }
  return sites
}

function isVtable(view: DataView, at: number): boolean {
  if (at < 0 || at + 4 > view.byteLength) return false
  const size = view.getUint16(at, true)
  return size >= 4 && size % 2 === 0 && size <= 200 && at + size <= view.byteLength && view.getUint16(at + 2, true) >= 4
}

function visitTable(view: DataView, at: number, vtable: number, sites: Site[], follow: (at: number) => void): void {
  sites.push(
    { at, width: 4, kind: 'vtable' },
    { at: vtable, width: 2, kind: 'vtable' },
    { at: vtable + 2, width: 2, kind: 'vtable' },
  )
  const size = view.getUint16(vtable, true)
  for (let entry = vtable + 4; entry < vtable + size; entry += 2) {
    sites.push({ at: entry, width: 2, kind: 'vtable' })
    const position = at + view.getUint16(entry, true)
    if (position === at || position + 4 > view.byteLength) continue
    const target = position + view.getUint32(position, true)
    if (target > position && target + 4 <= view.byteLength) follow(position)
    else sites.push({ at: position, width: 1, kind: 'scalar' }, { at: position, width: 4, kind: 'scalar' })
  }
}

/** A vector of offsets or of numbers, or a text. */
function visitVector(view: DataView, at: number, sites: Site[], follow: (at: number) => void): void {
  sites.push({ at, width: 4, kind: 'length' })
  const length = Math.min(view.getUint32(at, true), 64)
  for (let index = 0; index < length; index += 1) {
    const item = at + 4 + 4 * index
    if (item + 4 > view.byteLength) return
    const target = item + view.getUint32(item, true)
    if (target > item + 4 && target + 4 <= view.byteLength) follow(item)
    else sites.push({ at: item, width: 4, kind: 'scalar' })
  }
}
