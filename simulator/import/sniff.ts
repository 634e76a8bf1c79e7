/**
 * What a file is when no reader takes it, by its first bytes, and what to do instead.
 *
 * Signatures are those the formats document; Latin-1 strings, so that they read as in a hex dump.
 */
import type { ProblemCode } from '../problem.ts'

export interface Sniffed {
  /** With its article: "a PNG image". */
  readonly what: string
  readonly code: Extract<ProblemCode, 'wrong-format' | 'unsupported-format'>
  readonly fix: string
}

interface Signature extends Sniffed {
  matches(head: Uint8Array): boolean
}

const utf8 = new TextDecoder()

/** One of `alternatives` stands at `offset`. */
function magic(offset: number, ...alternatives: readonly string[]): Signature['matches'] {
  return (head) => alternatives.some((text) => startsWith(head, offset, text))
}

function startsWith(head: Uint8Array, offset: number, text: string): boolean {
  if (head.length < offset + text.length) return false
  for (let index = 0; index < text.length; index += 1) {
    if (head[offset + index] !== text.charCodeAt(index)) return false
  }
  return true
}

/** A ZIP archive with an entry of this name near its start; names are stored uncompressed. */
function zipWith(...names: readonly string[]): Signature['matches'] {
  return (head) => startsWith(head, 0, 'PK\x03\x04') && names.some((name) => includes(head, name))
}

function includes(head: Uint8Array, text: string): boolean {
  for (let offset = 0; offset + text.length <= head.length; offset += 1) if (startsWith(head, offset, text)) return true
  return false
}

/** Text that begins so, after white space and a byte-order mark. */
function textLike(pattern: RegExp): Signature['matches'] {
  return (head) => pattern.test(utf8.decode(head).trimStart())
}

const toOnnx = {
  pytorch: 'Export it to ONNX: torch.onnx.export(model, example_input, "model.onnx").',
  tensorflow: 'Convert it to ONNX: python -m tf2onnx.convert --saved-model FOLDER --output model.onnx.',
  source: 'Give the ONNX file that it was made from.',
  convert: 'Convert it to ONNX and give that file.',
} as const
const giveModel = 'Give the model file itself, in ONNX format.'
const extract = 'Unpack the archive and give the ONNX file inside.'

function model(what: string, fix: string, matches: Signature['matches']): Signature {
  return { what, code: 'unsupported-format', fix, matches }
}

function other(what: string, fix: string, matches: Signature['matches']): Signature {
  return { what, code: 'wrong-format', fix, matches }
}

/** The first match counts: formats built on others come before them. */
const signatures: readonly Signature[] = [
  other(
    'a Git LFS pointer',
    'Fetch the model that it stands for: git lfs pull.',
    magic(0, 'version https://git-lfs.github.com/spec/'),
  ),
  model('an ONNX Runtime (.ort) model', toOnnx.source, magic(4, 'ORTM')),
  model('an ExecuTorch program', toOnnx.pytorch, magic(4, 'ET12')),
  model('a GGML model', toOnnx.source, magic(0, 'lmgg', 'fmgg', 'tjgg', 'algg')),
  model('a PyTorch checkpoint', toOnnx.pytorch, zipWith('data.pkl', 'constants.pkl', '.data/serialization_id')),
  model('a PyTorch checkpoint', toOnnx.pytorch, magic(0, '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46')),
  model(
    'a compiled Core ML model',
    'Give the .mlmodel or .mlpackage that it was compiled from.',
    zipWith('.mlmodelc/'),
  ),
  model('a Keras model', toOnnx.tensorflow, zipWith('model.weights.h5')),
  model('a Python pickle', 'Load it in Python and export the model in it to ONNX.', isPickle),
  model('an HDF5 file (Keras?)', toOnnx.tensorflow, magic(0, '\x89HDF\r\n\x1a\n')),
  model('a TensorRT engine', toOnnx.source, magic(0, 'ptrt', 'ftrt')),
  model('a Hailo executable (.hef)', toOnnx.source, magic(0, '\x01HEF')),
  model('an RKNN model', toOnnx.source, magic(0, 'RKNN')),
  model('an ncnn parameter file', toOnnx.source, magic(0, '7767517')),
  model('an OpenVINO model', toOnnx.source, textLike(/^(<\?xml[^>]*>\s*)?<net\s/)),
  other('a NumPy array', giveModel, magic(0, '\x93NUMPY')),
  other('a PNG image', giveModel, magic(0, '\x89PNG\r\n\x1a\n')),
  other('a JPEG image', giveModel, magic(0, '\xff\xd8\xff')),
  other('a GIF image', giveModel, magic(0, 'GIF87a', 'GIF89a')),
  other('a WebP image', giveModel, (head) => startsWith(head, 0, 'RIFF') && startsWith(head, 8, 'WEBP')),
  other('a WAV or AVI file', giveModel, magic(0, 'RIFF')),
  other('a video or HEIC file', giveModel, magic(4, 'ftyp')),
  other('a PDF document', giveModel, magic(0, '%PDF-')),
  other('an SQLite database', giveModel, magic(0, 'SQLite format 3\0')),
  other('a WebAssembly module', giveModel, magic(0, '\0asm')),
  other('a program for Linux (ELF)', giveModel, magic(0, '\x7fELF')),
  other('a program for Windows', giveModel, (head) => startsWith(head, 0, 'MZ') && includes(head, 'PE\0\0')),
  other('a program for macOS', giveModel, magic(0, '\xcf\xfa\xed\xfe')),
  other('a ZIP archive', extract, magic(0, 'PK\x03\x04', 'PK\x05\x06')),
  other('a gzip archive', extract, magic(0, '\x1f\x8b')),
  other('a bzip2 archive', extract, magic(0, 'BZh')),
  other('an xz archive', extract, magic(0, '\xfd7zXZ\0')),
  other('a Zstandard archive', extract, magic(0, '\x28\xb5\x2f\xfd')),
  other('a 7-Zip archive', extract, magic(0, '7z\xbc\xaf\x27\x1c')),
  other('a RAR archive', extract, magic(0, 'Rar!\x1a\x07')),
  other('a tar archive', extract, magic(257, 'ustar')),
  other(
    'an HTML page, often an error page of the download',
    'Download the file again with its raw link.',
    textLike(/^<(!doctype html|html|head|body)/i),
  ),
  model('an ONNX model as text', 'Save it in the binary format: onnx.save(model, "model.onnx").', isTextOnnx),
  other('an XML document', giveModel, textLike(/^<\?xml/)),
  other('a JSON document', giveModel, textLike(/^[{[]\s*(["{[\]}\d-]|true|false|null)/)),
  other('a file of zeros, as a broken download leaves it', 'Download the file again.', isZeros),
  other('a text file', giveModel, isText),
]

/** What the file is by its first bytes; `null` when they tell nothing. Never throws. */
export function sniff(head: Uint8Array): Sniffed | null {
  const found = signatures.find((signature) => signature.matches(head))
  return found === undefined ? null : { what: found.what, code: found.code, fix: found.fix }
}

/** Pickle protocols 2 to 5: PROTO opcode, version, then an opcode that starts an object. */
function isPickle(head: Uint8Array): boolean {
  const [opcode, version = 0, next = 0] = head
  return opcode === 0x80 && version >= 2 && version <= 5 && '}]()cX\x8c\x95'.includes(String.fromCharCode(next))
}

function isTextOnnx(head: Uint8Array): boolean {
  return /^(ir_version:|<\s*ir_version)/.test(utf8.decode(head).trimStart())
}

function isZeros(head: Uint8Array): boolean {
  return head.length >= 16 && head.every((byte) => byte === 0)
}

/** UTF-8 without control characters; the end of the head may cut a character. */
function isText(head: Uint8Array): boolean {
  const text = utf8.decode(head).replace(/\ufffd$/, '')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells binary files
  return text.length >= 4 && !/[\0-\x08\x0e-\x1f\ufffd]/.test(text)
}
