/**
 * Channels that must stay or go together, as disjoint sets.
 *
 * Every output channel of a layer is an element; adding two maps joins them element by element, so concatenation,
 * slicing and grouped convolution need no special algebra: a channel axis is a list of elements.
 */

/** Elements along one axis, in order; one may occur several times (a flattened map repeats each channel). */
export type Channels = readonly number[]

export type ObstacleReason =
  /** The size of a graph output is part of the model's interface. */
  | 'graph-output'
  /** No rule says how this operator depends on the axis. */
  | 'operator'
  /** The operator mixes or picks along the axis by position. */
  | 'position'
  /** The shape that the operator asks for is computed at run time, or regroups the axis. */
  | 'shape'
  /** Meets a value whose same axis comes from outside. */
  | 'outside'

export interface Obstacle {
  readonly node: string
  readonly reason: ObstacleReason
}

/** A layer that makes channels: its elements are `first` … `first + count − 1`. */
export interface Layer {
  readonly name: string
  readonly first: number
  readonly count: number
}

export class ChannelSets {
  readonly layers: Layer[] = []
  readonly stretches: Channels[] = []
  readonly #parent: number[] = []
  readonly #obstacles = new Map<number, Obstacle>()

  create(count: number, layer: string): Channels {
    const first = this.#parent.length
    this.layers.push({ name: layer, first, count })
    const channels = Array.from({ length: count }, (_, index) => first + index)
    for (const channel of channels) this.#parent.push(channel)
    return channels
  }

  rootOf(channel: number): number {
    let at = channel
    for (;;) {
      const parent = this.#parent[at] ?? at
      if (parent === at) return at
      const grandparent = this.#parent[parent] ?? parent
      this.#parent[at] = grandparent
      at = grandparent
    }
  }

  /** Same position, same fate. The lists have one length. */
  join(a: Channels, b: Channels): void {
    if (a === b) return
    for (let index = 0; index < a.length; index++) this.#joinTwo(a[index] ?? 0, b[index] ?? 0)
  }

  /** `parts` stretches of equal length: equal positions join, so that each part loses as many. */
  joinParts(channels: Channels, parts: number): void {
    const length = channels.length / parts
    for (let index = length; index < channels.length; index++) {
      this.#joinTwo(channels[index] ?? 0, channels[index % length] ?? 0)
    }
  }

  /** A stretch that something reads apart from the rest: it loses its share, never all of it. */
  setApart(channels: Channels): void {
    this.stretches.push(channels)
  }

  /** These stay, for the first reason given. */
  fix(channels: Channels, obstacle: Obstacle): void {
    for (const channel of channels) {
      const root = this.rootOf(channel)
      if (!this.#obstacles.has(root)) this.#obstacles.set(root, obstacle)
    }
  }

  obstacleOf(channel: number): Obstacle | null {
    return this.#obstacles.get(this.rootOf(channel)) ?? null
  }

  #joinTwo(a: number, b: number): void {
    const [rootA, rootB] = [this.rootOf(a), this.rootOf(b)]
    if (rootA === rootB) return
    const [low, high] = rootA < rootB ? [rootA, rootB] : [rootB, rootA]
    this.#parent[high] = low
    const obstacle = this.#obstacles.get(high)
    if (obstacle !== undefined && !this.#obstacles.has(low)) this.#obstacles.set(low, obstacle)
  }
}
