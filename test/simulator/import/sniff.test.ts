import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { sniff } from '../../../simulator/import/sniff.ts'
import { concat } from '../../support/build-protobuf.ts'

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const padded = (text: string) => concat(latin1(text), new Uint8Array(64))
const zip = (entry: string) => padded(`PK\x03\x04${'\0'.repeat(26)}${entry}`)

describe('a file that is no model we read', () => {
  test.each<[string, Uint8Array]>([
    ['a Git LFS pointer', latin1('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 14245112\n')],
    ['an ONNX Runtime (.ort) model', padded('\x1c\0\0\0ORTM')],
    ['a PyTorch checkpoint', zip('archive/data.pkl')],
    ['a Keras model', zip('model.weights.h5')],
    ['a compiled Core ML model', zip('Model.mlmodelc/model.mil')],
    ['a ZIP archive', zip('readme.txt')],
    ['a Python pickle', padded('\x80\x04\x95\x10\0')],
    ['an HDF5 file (Keras?)', padded('\x89HDF\r\n\x1a\n')],
    ['an OpenVINO model', latin1('<?xml version="1.0"?>\n<net name="model" version="11">')],
    ['a NumPy array', padded('\x93NUMPY\x01\0')],
    ['a PNG image', padded('\x89PNG\r\n\x1a\n')],
    ['a JPEG image', padded('\xff\xd8\xff\xe0')],
    ['a PDF document', padded('%PDF-1.7')],
    ['a WebAssembly module', padded('\0asm\x01\0\0\0')],
    ['a program for Linux (ELF)', padded('\x7fELF\x02')],
    ['a gzip archive', padded('\x1f\x8b\x08')],
    ['a tar archive', concat(padded('model.onnx'), new Uint8Array(183), latin1('ustar\x0000'))],
    ['an HTML page, often an error page of the download', latin1('\n<!DOCTYPE html><html><title>404</title>')],
    ['an ONNX model as text', latin1('ir_version: 8\nproducer_name: "x"\n')],
    ['a JSON document', latin1('{ "model_type": "llama" }')],
    ['a JSON document', latin1('[]')],
    ['a text file', latin1('import torch\n')],
    ['a file of zeros, as a broken download leaves it', new Uint8Array(4096)],
  ])('is named: %s', (what, head) => {
    const sniffed = sniff(head)
    expect(sniffed?.what).toBe(what)
    expect(sniffed?.fix).toMatch(/\.$/)
  })

  test('that nothing tells about has no name', () => {
    expect(sniff(Uint8Array.of(0x11, 0x22, 0x01, 0x02, 0x03))).toBeNull()
    expect(sniff(new Uint8Array(0))).toBeNull()
  })

  test.prop([fc.uint8Array({ maxLength: 600 })])('is looked at without throwing, whatever it is', (head) => {
    sniff(head)
  })
})
