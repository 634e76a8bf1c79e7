/** The figures that answer one row, or the problem that keeps it from being answered. */
import { type Pair, promptOf } from '../../device-catalog/pairs/pair.ts'
import { answer, type PairContext, questionOf } from '../../device-catalog/pairs/question.ts'
import { basisText } from './basis-text.ts'
import type { Figures } from './columns.ts'
import { figuresOf } from './figures.ts'

/** Rejects with `ProblemError` for a model, device, unit or precision that does not exist, or a model that does not fit. */
export async function answerPair(pair: Pair, context: PairContext): Promise<Figures> {
  const question = await questionOf(pair, context)
  const prediction = answer(question)
  const prompt = promptOf(pair)
  return {
    ...figuresOf(prediction, question.kind, question.input),
    ...(prompt === null ? {} : await firstToken(prompt, context)),
    basis: basisText(prediction, question.remarks),
    problem: '',
  }
}

async function firstToken(prompt: Pair, context: PairContext): Promise<Pick<Figures, 'ttft_ms'>> {
  const question = await questionOf(prompt, context)
  const { ttft_ms } = figuresOf(answer(question), question.kind, question.input)
  return ttft_ms === undefined ? {} : { ttft_ms }
}
