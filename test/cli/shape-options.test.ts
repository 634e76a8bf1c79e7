import { describe, expect, test } from 'vitest'
import { parseDims, parseInputShapes, parseInputValues } from '../../cli/shape-options.ts'

describe('--dims', () => {
  test('takes several symbols, in one option or in several', () => {
    expect(parseDims(['batch=1,seq len=128', 'N=4'])).toEqual({ batch: 1, 'seq len': 128, N: 4 })
    expect(parseDims(undefined)).toEqual({})
  })

  test.each(['batch', 'batch=', 'batch=-1', 'batch=1.5', '=3', 'a=1,b'])('refuses %s', (text) => {
    expect(() => parseDims([text])).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'invalid-usage' }) }),
    )
  })

  test('forgives a comma at the end', () => {
    expect(parseDims(['batch=1,'])).toEqual({ batch: 1 })
  })

  test('refuses a size beyond what a number holds exactly', () => {
    expect(() => parseDims(['batch=99999999999999999999'])).toThrow(/dimension-too-large/)
  })
})

describe('--input-shapes', () => {
  test('takes several inputs, scalars among them', () => {
    expect(parseInputShapes(['image=1x3x224x224,threshold=scalar', 'ids=128'])).toEqual({
      image: [1, 3, 224, 224],
      threshold: [],
      ids: [128],
    })
  })

  test('separates at the last equals sign, so names may hold any character', () => {
    expect(parseInputShapes(['a=b:0=1x2,serving,default=3'])).toEqual({ 'a=b:0': [1, 2], 'serving,default': [3] })
  })

  test.each(['image', 'image=1x', 'image=x3', 'image=1,3'])('refuses %s', (text) => {
    expect(() => parseInputShapes([text])).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'invalid-usage' }) }),
    )
  })
})

describe('--input-values', () => {
  test('takes several inputs with one number or several', () => {
    expect(parseInputValues(['sr=16000,size=480:640', 't=-0.5'])).toEqual({ sr: [16000], size: [480, 640], t: [-0.5] })
  })

  test.each(['sr', 'sr=', 'sr=1:', 'sr=1;2', 'sr=fast'])('refuses %s', (text) => {
    expect(() => parseInputValues([text])).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'invalid-usage' }) }),
    )
  })
})
