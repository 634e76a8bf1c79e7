/** Rows of evidence as questions with their answers, ready for a predictor. */

import { type Pair, promptOf } from '../../device-catalog/pairs/pair.ts'
import type { Quantity } from '../../device-catalog/pairs/quantity.ts'
import { type PairContext, type Question, questionOf } from '../../device-catalog/pairs/question.ts'
import type { PrecisionId } from '../../simulator/graph/precision.ts'
import type { UnitKind } from '../../simulator/hardware/device.ts'
import { askedTarget } from '../../simulator/predict/asked-target.ts'
import { type ProblemCode, ProblemError } from '../../simulator/problem.ts'
import { familyGroups } from './family-groups.ts'
import { measurementsOf } from './measurements.ts'
import type { EvidenceRow, EvidenceSource } from './read.ts'
import { deviceGroups, evidenceWeights } from './weights.ts'

/** Rows that are alike: silicon family of the unit × runtime × precision, as the catalog and the row name them. */
export interface Cell {
  readonly kind: UnitKind
  readonly family: string
  readonly runtime: string
  readonly precision: PrecisionId
}

/** A row as a predictor sees it: all but what was measured. */
export interface AskedRow {
  /** Row and quantity. */
  readonly id: string
  readonly rowId: string
  readonly sourceId: string
  readonly origin: string
  readonly presetId: string
  readonly deviceId: string
  /** Devices that the evidence cannot tell apart are held out together. */
  readonly deviceGroup: string
  /** The silicon family of the unit; families whose published figures are copies of one another are one. */
  readonly familyGroup: string
  readonly cell: Cell
  readonly quantity: Quantity
  readonly question: Question
}

export interface MeasuredRow {
  readonly asked: AskedRow
  /** In the unit of the quantity. */
  readonly value: number
  /** Copies share one; 0 = stays out of every fit. */
  readonly weight: number
  readonly row: EvidenceRow
}

export interface Evidence {
  readonly rows: readonly EvidenceRow[]
  readonly sources: ReadonlyMap<string, EvidenceSource>
}

export interface Unanswered {
  readonly row: EvidenceRow
  readonly code: ProblemCode
}

export interface Cases {
  readonly measured: readonly MeasuredRow[]
  readonly unanswered: readonly Unanswered[]
}

/** One case per row and quantity; weights are shared among the rows given. Rows that cannot be asked carry their code. */
export async function casesOf({ rows, sources }: Evidence, context: PairContext): Promise<Cases> {
  const originOf = (sourceId: string): string => sources.get(sourceId)?.origin ?? sourceId
  const weights = evidenceWeights(rows, originOf)
  const groups = deviceGroups(rows, originOf)
  const measured: Ungrouped[] = []
  const unanswered: Unanswered[] = []
  for (const row of rows) {
    const asked = await ask(row.pair, context)
    if (typeof asked === 'string') {
      unanswered.push({ row, code: asked })
      continue
    }
    for (const { quantity, value } of measurementsOf(row)) {
      // The first token beside a token rate is a question of its own.
      const prompt = quantity === 'ttft' ? promptOf(row.pair) : null
      const about = prompt === null ? asked : await ask(prompt, context)
      if (typeof about === 'string') continue
      const { rowId, sourceId, presetId, pair } = row
      measured.push({
        asked: {
          id: `${rowId}/${quantity}`,
          rowId,
          sourceId,
          origin: originOf(sourceId),
          presetId,
          deviceId: pair.deviceId,
          deviceGroup: groups.get(pair.deviceId) ?? pair.deviceId,
          quantity,
          ...about,
        },
        value,
        weight: weights.get(rowId) ?? 0,
        row,
      })
    }
  }
  const familyOf = familyGroups(measured.map(({ asked }) => asked))
  return {
    measured: measured.map((each) => ({ ...each, asked: { ...each.asked, familyGroup: familyOf(each.asked) } })),
    unanswered,
  }
}

interface Ungrouped extends Omit<MeasuredRow, 'asked'> {
  readonly asked: Omit<AskedRow, 'familyGroup'>
}

interface Asked {
  readonly question: Question
  readonly cell: Cell
}

async function ask(pair: Pair, context: PairContext): Promise<Asked | ProblemCode> {
  try {
    const question = await questionOf(pair, context)
    const { unit, precision } = askedTarget(question.request)
    return { question, cell: { kind: unit.kind, family: unit.family, runtime: pair.runtime, precision } }
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
}
