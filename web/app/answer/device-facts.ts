/** The facts of a catalog entry as lines of a specification, grouped as a data sheet groups them. */
import type { CatalogFact, DeviceEntry, UnitEntry } from '../../../device-catalog/schema.ts'
import type { Messages } from '../i18n/en.ts'
import { unitText } from '../i18n/target-text.ts'

export interface SpecLine {
  readonly label: string
  /** A text that is no number, or a fact; `null` = no source states it. */
  readonly value: string | CatalogFact | null
}

export interface SpecGroup {
  readonly title: string
  readonly lines: readonly SpecLine[]
}

type Text = Pick<Messages, 'device'>

export function specificationOf(entry: DeviceEntry, { device: text }: Text): readonly SpecGroup[] {
  const { fields } = text
  const { dram, flash, link } = entry
  return [
    ...entry.units.map((unit) => ({ title: text.compute(unitText(unit.id)), lines: unitLines(unit, text) })),
    {
      title: text.memory,
      lines: [
        ...(dram === null
          ? []
          : [
              { label: fields.dram(dram.type), value: dram.size },
              { label: fields.bandwidth, value: dram.bandwidth },
            ]),
        ...stated(fields.flash, flash),
        ...(link === null ? [] : [{ label: fields.link(link.kind), value: link.bandwidth }]),
      ],
    },
    {
      title: text.powerAndPrice,
      lines: [
        { label: fields.tdp, value: entry.tdp },
        { label: fields.idle, value: entry.idle },
        ...stated(fields.linearSupply, entry.linearSupply),
        ...(entry.pricePerHour === null
          ? [{ label: fields.price, value: entry.price }]
          : [{ label: fields.pricePerHour, value: entry.pricePerHour }, ...stated(fields.price, entry.price)]),
        { label: fields.year, value: entry.releaseYear },
      ],
    },
  ].filter(({ lines }) => lines.length > 0)
}

/** Every fact of the specification that other sources contradict. */
export function conflictsIn(groups: readonly SpecGroup[]): { readonly label: string; readonly fact: CatalogFact }[] {
  return groups.flatMap(({ title, lines }) =>
    lines.flatMap(({ label, value }) =>
      isFact(value) && value.conflict !== undefined ? [{ label: `${title}, ${label}`, fact: value }] : [],
    ),
  )
}

/** How many figures there are, and how many of them somebody has seen in their source. */
export function confirmedShare(groups: readonly SpecGroup[]): { readonly confirmed: number; readonly all: number } {
  const facts = groups.flatMap(({ lines }) => lines.flatMap(({ value }) => (isFact(value) ? [value] : [])))
  return { confirmed: facts.filter(({ confirmed }) => confirmed).length, all: facts.length }
}

export function isFact(value: SpecLine['value']): value is CatalogFact {
  return value !== null && typeof value !== 'string'
}

function unitLines(unit: UnitEntry, { fields, sparse, yes, no }: Messages['device']): SpecLine[] {
  const rates = (label: (arithmetic: string) => string, of: UnitEntry['densePeak']) =>
    Object.entries(of).flatMap(([arithmetic, fact]) => stated(label(arithmetic.toUpperCase()), fact))
  return [
    { label: fields.architecture, value: unit.architecture },
    ...rates(fields.dense, unit.densePeak),
    ...(unit.structuredSparsity === null
      ? []
      : [{ label: fields.sparsity, value: unit.structuredSparsity ? sparse : no }]),
    ...rates(fields.perCycle, unit.macsPerCycle),
    { label: fields.clock, value: unit.clock },
    ...unit.clusters.flatMap(({ core, inOrder, cores, clock, macsPerCycle }, index, clusters) => {
      // The same cores at another clock are another cluster.
      const isOne = clusters.filter((other) => other.core === core).length === 1
      const name = isOne ? core : `${core} (${index + 1})`
      return [
        { label: fields.clusterCores(name), value: cores },
        { label: fields.clusterClock(name), value: clock },
        ...(inOrder === null ? [] : [{ label: fields.clusterInOrder(name), value: inOrder ? yes : no }]),
        ...rates((arithmetic) => `${name}, ${fields.perCycle(arithmetic)}`, macsPerCycle),
      ]
    }),
    ...stated(fields.cores, unit.cores?.total),
    ...stated(fields.coresPerModel, unit.cores?.perModel),
    ...stated(fields.batchLanes, unit.batchLanes),
    { label: fields.onchip, value: unit.onchip },
    ...stated(fields.cache, unit.cache),
    ...stated(fields.outputChannels, unit.alignment?.outputChannels),
    ...stated(fields.inputChannels, unit.alignment?.inputChannels),
    ...stated(fields.active, unit.active),
    ...stated(fields.process, unit.process),
  ]
}

/** No line where nothing is stated and nobody would look for it. */
function stated(label: string, fact: CatalogFact | null | undefined): SpecLine[] {
  return fact === null || fact === undefined ? [] : [{ label, value: fact }]
}
