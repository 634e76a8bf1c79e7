/**
 * Which channels go: by ratio within every block, a block being the channels that the same layers share and the same
 * readers see.
 *
 * Weight values are never read, so nothing says which channels matter: the last of each block go. All costs depend on
 * the counts alone; a tool that prunes by magnitude removes others, but as many.
 */
import type { ChannelSets, Obstacle } from './channels.ts'

/** Layers that can only be pruned together. */
export interface ChannelGroup {
  /** Name of its first layer. */
  readonly id: string
  readonly layers: readonly string[]
  /** Independent channels before and after. */
  readonly channels: number
  readonly kept: number
}

/** Channels of a layer that must stay, and the node that says so. */
export interface FixedLayer extends Obstacle {
  readonly layer: string
  readonly channels: number
}

export interface Selection {
  readonly groups: readonly ChannelGroup[]
  readonly fixed: readonly FixedLayer[]
  readonly keeps: (channel: number) => boolean
}

interface Block {
  readonly roots: number[]
  /** Channels of each layer that one root stands for. */
  readonly shares: readonly (readonly [layer: number, share: number])[]
}

/** `ratioOf`: share of its channels that a group loses; `multiple`: what every layer's count is rounded to. */
export function selectChannels(sets: ChannelSets, ratioOf: (group: string) => number, multiple: number): Selection {
  const blocks = blocksOf(sets)
  const groupOf = joinLayers(sets.layers.length, blocks)
  const removed = new Set<number>()
  const sizes = new Map<number, { channels: number; kept: number }>()
  for (const { roots, shares } of blocks) {
    const group = groupOf(shares[0]?.[0] ?? 0)
    const ratio = ratioOf(sets.layers[group]?.name ?? '')
    const kept = keptCount(roots.length, ratio, stepOf(shares, multiple))
    for (const root of roots.slice(kept)) removed.add(root)
    const size = sizes.get(group) ?? { channels: 0, kept: 0 }
    sizes.set(group, { channels: size.channels + roots.length, kept: size.kept + kept })
  }
  const layersOf = new Map<number, string[]>()
  for (const layer of new Set(blocks.flatMap(({ shares }) => shares.map(([index]) => index)))) {
    const group = groupOf(layer)
    layersOf.set(group, [...(layersOf.get(group) ?? []), sets.layers[layer]?.name ?? ''])
  }
  const groups = [...sizes].map(([group, size]) => ({
    id: sets.layers[group]?.name ?? '',
    layers: [...new Set(layersOf.get(group) ?? [])],
    ...size,
  }))
  return { groups, fixed: fixedLayers(sets), keeps: (channel) => !removed.has(sets.rootOf(channel)) }
}

/** Whole steps, at least one; all where the block is no larger than a step. */
function keptCount(count: number, ratio: number, step: number): number {
  if (ratio === 0) return count
  return Math.min(count, Math.max(step, Math.round((count * (1 - ratio)) / step) * step))
}

/** Roots per step: with it every layer of the block has a multiple of `multiple` channels. */
function stepOf(shares: Block['shares'], multiple: number): number {
  return shares.reduce((step, [, share]) => leastCommonMultiple(step, multiple / commonDivisor(multiple, share)), 1)
}

function blocksOf(sets: ChannelSets): Block[] {
  const paths = new LayerPaths()
  const pathOf = new Map<number, number>()
  sets.layers.forEach(({ first, count }, layer) => {
    for (let channel = first; channel < first + count; channel++) {
      if (sets.obstacleOf(channel) !== null) continue
      const root = sets.rootOf(channel)
      pathOf.set(root, paths.extended(pathOf.get(root) ?? paths.empty, layer))
    }
  })
  const stretchesOf = stretchesByRoot(sets)
  const blocks = new Map<string, Block>()
  for (const [root, path] of pathOf) {
    const key = `${path} ${stretchesOf.get(root) ?? ''}`
    const block = blocks.get(key) ?? { roots: [], shares: paths.sharesOf(path) }
    blocks.set(key, block)
    block.roots.push(root)
  }
  return [...blocks.values()]
}

/** Lists of layers as numbers, equal lists by the same one: nodes of a tree, each with the layer it adds. */
class LayerPaths {
  readonly empty = 0
  readonly #steps: { readonly parent: number; readonly layer: number; readonly next: Map<number, number> }[] = [
    { parent: 0, layer: -1, next: new Map() },
  ]

  /** The list with one more layer; a layer occurs once per channel of it. */
  extended(path: number, layer: number): number {
    const next = this.#steps[path]?.next
    const known = next?.get(layer)
    if (known !== undefined) return known
    const made = this.#steps.push({ parent: path, layer, next: new Map() }) - 1
    next?.set(layer, made)
    return made
  }

  sharesOf(path: number): Block['shares'] {
    const shares = new Map<number, number>()
    for (let at = path; at !== this.empty; at = this.#steps[at]?.parent ?? this.empty) {
      const layer = this.#steps[at]?.layer ?? -1
      shares.set(layer, (shares.get(layer) ?? 0) + 1)
    }
    return [...shares].reverse()
  }
}

function stretchesByRoot(sets: ChannelSets): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  sets.stretches.forEach((channels, stretch) => {
    for (const root of new Set(channels.map((channel) => sets.rootOf(channel)))) {
      names.set(root, `${names.get(root) ?? ''}/${stretch}`)
    }
  })
  return names
}

/** The first layer of everything that blocks connect. */
function joinLayers(layers: number, blocks: readonly Block[]): (layer: number) => number {
  const parent = Array.from({ length: layers }, (_, layer) => layer)
  const find = (layer: number): number => {
    let at = layer
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at
      at = parent[at] ?? at
    }
    return at
  }
  for (const { shares } of blocks) {
    for (const [layer] of shares) {
      const [a, b] = [find(layer), find(shares[0]?.[0] ?? layer)]
      parent[Math.max(a, b)] = Math.min(a, b)
    }
  }
  return find
}

function fixedLayers(sets: ChannelSets): FixedLayer[] {
  return sets.layers.flatMap(({ name, first, count }) => {
    let channels = 0
    let obstacle: Obstacle | null = null
    for (let channel = first; channel < first + count; channel++) {
      const found = sets.obstacleOf(channel)
      if (found === null) continue
      channels++
      obstacle ??= found
    }
    return obstacle === null ? [] : [{ layer: name, channels, ...obstacle }]
  })
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

function leastCommonMultiple(a: number, b: number): number {
  return (a / commonDivisor(a, b)) * b
}
