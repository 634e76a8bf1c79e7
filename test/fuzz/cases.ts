/** Case `number` of a seed: which file, and what is changed in it. Each case is made on its own. */
import { makeRandom, type Random } from '../../simulator/random.ts'
import type { Corpus, Sample } from './corpus.ts'
import { type Mutate, mutateBytes, pick, small } from './mutate-bytes.ts'
import { mutateFlatbuffer } from './mutate-flatbuffer.ts'
import { mutateJson, mutateSafetensors } from './mutate-json.ts'
import { mutateProtobuf } from './mutate-protobuf.ts'
import { mutateZip } from './mutate-zip.ts'

export interface FuzzCase {
  readonly content: Uint8Array
  /** File name given to the reader, a hint. */
  readonly name: string | null
  /** What it was made of. */
  readonly from: string
}

const structured: Readonly<Record<Sample['structure'], Mutate>> = {
  protobuf: mutateProtobuf,
  flatbuffer: mutateFlatbuffer,
  zip: mutateZip,
  json: mutateJson,
  safetensors: mutateSafetensors,
  binary: mutateBytes,
}

/** Larger files give slower cases, not better ones. */
const largeShare = 0.02

export function makeCase(corpus: Corpus, seed: number, number: number): FuzzCase {
  const random = makeRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b))
  const isLarge = corpus.large.length > 0 && random.uniform() < largeShare
  const sample = pick(random, isLarge ? corpus.large : corpus.small)
  const others = corpus.small.filter(({ structure }) => structure === sample.structure)
  let content = sample.content
  for (let count = 1 + small(random, 4); count > 0; count -= 1) {
    content = mutationFor(sample, random)(
      content,
      random,
      others.map((other) => other.content),
    )
  }
  return { content, name: random.uniform() < 0.5 ? sample.name : null, from: sample.name }
}

function mutationFor({ structure }: Sample, random: Random): Mutate {
  return random.uniform() < 0.75 ? structured[structure] : mutateBytes
}
