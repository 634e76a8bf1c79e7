import { describe, expect, test } from 'vitest'
import { fromBlob } from '../../web/app/workers/blob-source.ts'

describe('a dropped file as a source of bytes', () => {
  const blob = new Blob([Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7])])

  test('reads exactly the range that is asked for', async () => {
    expect([...(await fromBlob(blob).read(2, 3))]).toEqual([2, 3, 4])
    expect(fromBlob(blob).size).toBe(8)
  })

  test('refuses a range that leaves the file', async () => {
    const source = fromBlob(blob)
    await expect(source.read(6, 3)).rejects.toThrow(RangeError)
    await expect(source.read(-1, 1)).rejects.toThrow(RangeError)
  })

  test('says how far into the file it has read', async () => {
    const shares: number[] = []
    await fromBlob(blob, (share) => shares.push(share)).read(0, 4)
    expect(shares).toEqual([0.5])
  })
})
