export * from './corpus/corpus.js';
export * from './corpus/finding.js';
export * from './corpus/label.js';
export * from './layouts/layout.js';
export * from './store/contracts.js';
export * from './hash/tree.js';
export * from './store/atomic.js';
export * from './store/canonical.js';
export * from './store/keys.js';
export * from './store/store.js';
export { DATA_ROOT_VARIABLE, resolveDataRoot } from './data-root/data-root.js';
export { folderOf, joinInside, nameOf, pathInside } from './data-root/inside.js';
export { openTreeTE, readTextTE, type ListedTree } from './tree/tree.js';
export { walkTE, type Listing, type WalkLimits, type WalkOptions } from './tree/walk.js';
export {
  corpusName,
  discover,
  discoverTE,
  discoverTreeTE,
  type DiscoverOptions,
} from './corpus/discover.js';
export { LAYOUTS } from './layouts/registry.js';
export type { Checkpoints } from './extract/chunk-writer.js';
export { emptyStore } from './extract/empty-store.js';
export * from './extract/event.js';
export * from './extract/extract.js';
export * from './extract/job.js';
export { planExtraction, planExtractionTE, type PlanOptions } from './extract/plan.js';
export * from './extract/progress.js';
export { loadTeachersTE, type Teacher, type Teachers } from './extract/teacher.js';
export * from './ladder/index.js';
export * from './dataset/dataset.js';
export * from './dataset/label-columns.js';
export * from './dataset/load.js';
export * from './dataset/plan.js';
export * from './dataset/query.js';
export * from './dataset/split.js';
export {
  exportCsv,
  exportCsvFile,
  exportCsvFileTE,
  exportCsvTE,
  type CsvReport,
  type TextSink,
} from './dataset/export-csv.js';
export * from './store/gc.js';
export * from './store/rebuild.js';
export { RECOVERED } from './store/recovered.js';
export type { ImportedClip, ImportedTable } from './labels/imported.js';
export { importTable, importTableTE, type ImportOptions } from './labels/import.js';
export type { LabelOptions } from './labels/columns.js';
export type { LibsvmOptions } from './labels/libsvm.js';
export { streamFrameTable, type ClipFrames } from './labels/frames.js';
export { joinLabels, type Joined } from './labels/join.js';
export { FIVE_POINTS, HUNDRED_POINTS } from './labels/scale.js';
export {
  corpusStats,
  troubleOf,
  type CorpusStats,
  type FileTotals,
  type LabelTotals,
  type Trouble,
} from './inspect/stats.js';
export { corpusTree, showText, type TreeOptions } from './inspect/tree.js';
export {
  verifyCorpus,
  verifyCorpusTE,
  type VerifyOptions,
  type VerifyProgress,
} from './inspect/verify.js';
export type { FileChecks } from './inspect/files.js';
export {
  importFeatures,
  importFeaturesTE,
  importFrames,
  importFramesTE,
  UNKNOWN_FORMAT,
  type ImportFeaturesOptions,
} from './import/features.js';
export {
  importLabels,
  importLabelsTE,
  type ImportLabelsOptions,
  type ImportReport,
} from './import/labels.js';
export { isFrameTable } from './import/frame-table.js';
