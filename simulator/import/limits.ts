/**
 * Every limit of the model readers, with its reason. Together they keep any input, hostile ones included, within
 * 2 s and 300 MB: time and memory grow with the structure of a file (bytes kept, fields, nodes), never with its payloads.
 */

/** `match` sees this much of a file: enough to walk past the producer fields of an ONNX header. */
export const headBytes = 4096

/** Elements of an int32, int64 or bool constant that are kept: shapes, axes, indices, masks. Larger ones are tables. */
export const maxKeptElements = 1024

/** Elements of any other constant that are kept: resize factors, ranges, clip limits. Larger ones are weights. */
export const maxKeptWeights = 64

/**
 * Length of a field that is read at all: `maxKeptElements` in the longest encoding, 10-byte varints, and room for
 * names. Longer payloads are jumped over, longer names refused.
 */
export const maxKeptFieldBytes = 16 * 1024

/** Bytes of a file other than payloads. The largest exports with a stack trace on every node stay under 40 MB. */
export const maxStructureBytes = 64 * 1024 * 1024

/** Length of a list of numbers in an attribute. The largest, of tree ensembles, have some 100,000. */
export const maxKeptListBytes = 8 * 1024 * 1024

/** Protobuf fields decoded, about 30 per node. Bounds what a file of 2-byte fields can make: some 100 bytes each. */
export const maxFields = 2_000_000

/** Nodes, values and tensors count as this many fields on top of their own, for what is kept about each. */
export const fieldsPerObject = 4

/** Nodes of all graphs and function bodies, also after local functions are expanded. Unrolled decoders have 20,000. */
export const maxNodes = 120_000

/** Inputs and outputs of one node. Networks that join the most have some thousand. */
export const maxNodeValues = 16_384

/** Graphs within graphs (If, Loop, Scan). Exporters nest 3 deep; the recursion of every later pass is bounded by this. */
export const maxGraphDepth = 32

/** Protobuf messages within messages: graph, node and attribute per nested graph, and the type of a value. */
export const maxMessageDepth = 3 * maxGraphDepth + 8

/** Axes of a tensor. NumPy allows 64, runtimes 8 to 16. */
export const maxRank = 64

/** External files listed one by one among the problems; a file that names more is summed up in the last one. */
export const maxListedExternalFiles = 8

/** Read-ahead after a jump and, doubling, along a sequential walk. Half a system call's fixed cost is some 16 KiB. */
export const minReadAheadBytes = 16 * 1024
export const maxReadAheadBytes = 512 * 1024

/** Pages of a file that is walked by offsets (FlatBuffers): one page after a jump and, doubling, along a walk. */
export const minPagedReadAheadBytes = 4 * 1024
export const maxPagedReadAheadBytes = 64 * 1024

/** Pages kept in memory; beyond that all are dropped and those still needed are read again. */
export const maxCachedBytes = 64 * 1024 * 1024

/**
 * What is visited in a file of offsets: tables, elements of lists, eighths of texts, and dear things by their price.
 * Tables may be shared, so a small file can describe any number of objects. A chain of 100,000 nodes takes 6 million.
 */
export const maxVisits = 8_000_000

/** Visits that a tensor or operator takes for what is kept about it, and a page for reading it. */
export const visitsPerObject = 16
export const visitsPerPage = 100

/** Directory of a ZIP archive: some 100 bytes per file, and a model package has four. */
export const maxArchiveDirectoryBytes = 1024 * 1024

/** Layers of a transformer that a file describes by numbers alone. Published ones have up to 128. */
export const maxTransformerLayers = 1024

/** Header of a safetensors file. One of 2,000 tensors is 250 KB of JSON, which takes ten times that when parsed. */
export const maxSafetensorsHeaderBytes = 16 * 1024 * 1024

/** A JSON document that describes a model. */
export const maxDocumentBytes = 4 * 1024 * 1024

/** Layers of a description written by hand, repetitions included; one of attention makes some 16 nodes. */
export const maxDescribedLayers = 2000
