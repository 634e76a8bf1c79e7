/**
 * What is found out while walking a graph: which axis of a value is made of which channels, which constants have an
 * axis of that size, and which numbers inside nodes depend on it.
 */
import type { BoundGraph } from '../../graph/bound.ts'
import type { Constant, Graph, Node } from '../../graph/graph.ts'
import { isStatic } from '../../graph/shape.ts'
import { ChannelSets, type Channels, type ObstacleReason } from './channels.ts'
import { traceWeight } from './weight-rules.ts'

export interface Track {
  readonly axis: number
  readonly channels: Channels
}

/** What a rule answers: the first output's axis, or that of every output; `null` = not followed. */
export type Followed = Track | null | readonly (Track | null)[]

/** A number in a node that becomes the count of those of `channels` that stay. */
export interface SizeEdit {
  /** Index of a constant input, or name of an attribute. */
  readonly at: number | string
  /** Position in the list; `null`: the attribute is the number itself. */
  readonly position: number | null
  readonly channels: Channels
}

export class Trace {
  readonly graph: Graph
  readonly sets = new ChannelSets()
  /** Constant → axis → channels along it. */
  readonly demands = new Map<string, Map<number, Channels>>()
  readonly edits = new Map<Node, SizeEdit[]>()
  readonly #values: BoundGraph['values']
  readonly #tracks = new Map<string, Track>()
  readonly #producers: ReadonlyMap<string, Node>

  constructor(bound: BoundGraph) {
    this.graph = bound.graph
    this.#values = bound.values
    this.#producers = new Map(
      bound.graph.nodes.flatMap((node) =>
        node.outputs.flatMap((name) => (name === null ? [] : [[name, node] as const])),
      ),
    )
  }

  /** Static shape; `null` where it is not known. */
  shape(name: string | null | undefined): readonly number[] | null {
    const type = name == null ? undefined : this.#values.get(name)?.type
    return type?.kind === 'tensor' && isStatic(type.shape) ? type.shape : null
  }

  isWeight(name: string): boolean {
    return this.#values.get(name)?.isWeight === true
  }

  constant(name: string | null | undefined): Constant | null {
    return name == null ? null : (this.graph.constants.get(name) ?? null)
  }

  producer(name: string): Node | null {
    return this.#producers.get(name) ?? null
  }

  track(name: string | null | undefined): Track | null {
    return name == null ? null : (this.#tracks.get(name) ?? null)
  }

  /** Inputs of a node that are followed. */
  tracked(node: Node): Track[] {
    return node.inputs.flatMap((name) => this.track(name) ?? [])
  }

  /** From here on the value's axis is made of those channels. One channel alone can never go, and broadcasts. */
  follow(node: Node, followed: Followed): void {
    const tracks: readonly (Track | null)[] = isList(followed) ? followed : [followed]
    for (const [index, track] of tracks.entries()) {
      const name = node.outputs[index]
      if (name != null && track !== null && track.channels.length > 1) this.#tracks.set(name, track)
    }
  }

  /** `axis` of that value must be made of `channels`: another operand, or a constant that is cut along. */
  use(node: Node, name: string | null | undefined, axis: number, channels: Channels): void {
    if (name == null || channels.length <= 1) return
    const track = this.track(name)
    if (this.isWeight(name)) traceWeight(this, node, name, axis, channels)
    else if (track?.axis === axis && track.channels.length === channels.length) {
      this.sets.join(track.channels, channels)
    } else {
      this.fix(node, channels, 'outside')
      if (track !== null) this.fix(node, track.channels, 'outside')
    }
  }

  /** A constant itself; two uses of one constant share their channels. */
  demand(node: Node, constant: Constant, axis: number, channels: Channels): void {
    if (constant.dims[axis] !== channels.length) {
      this.fix(node, channels, 'shape')
      return
    }
    const byAxis = this.demands.get(constant.name) ?? new Map<number, Channels>()
    this.demands.set(constant.name, byAxis)
    const known = byAxis.get(axis)
    if (known === undefined) byAxis.set(axis, channels)
    else this.sets.join(known, channels)
  }

  /** The number at that place of the node counts `channels`; fixed where it is no constant. */
  resize(node: Node, edit: SizeEdit): void {
    if (typeof edit.at === 'number' && this.constant(node.inputs[edit.at])?.elements == null) {
      this.fix(node, edit.channels, 'shape')
      return
    }
    const edits = this.edits.get(node) ?? []
    this.edits.set(node, edits)
    edits.push(edit)
  }

  fix(node: Node, channels: Channels, reason: ObstacleReason): null {
    this.sets.fix(channels, { node: node.name, reason })
    return null
  }

  /** Nothing is known of what the node does with its inputs; its output is not followed. */
  block(node: Node, reason: ObstacleReason = 'operator'): null {
    for (const { channels } of this.tracked(node)) this.fix(node, channels, reason)
    return null
  }

  /** Content of a constant input, or of the attribute that older operator sets have in its place. */
  numbers(node: Node, input: number, attribute: string): readonly number[] | null {
    const name = node.inputs[input]
    if (name != null) {
      const type = this.#values.get(name)?.type
      const elements = type?.kind === 'tensor' ? type.elements : null
      return elements?.every((element) => typeof element === 'number') === true ? elements : null
    }
    const value = node.attributes[attribute]
    return Array.isArray(value) && value.every((item) => typeof item === 'number') ? value : null
  }

  number(node: Node, attribute: string, fallback: number): number {
    const value = node.attributes[attribute]
    return typeof value === 'number' ? value : fallback
  }
}

function isList(followed: Followed): followed is readonly (Track | null)[] {
  return Array.isArray(followed)
}
