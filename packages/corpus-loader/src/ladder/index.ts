export { buildLadder, buildLadderTE, type BuildOptions } from './build.js';
export { CODEC_NAMES, CODECS, type Codec, type CodecName, type Quality } from './codecs.js';
export type { LadderEvent, LadderFailure, LadderReport } from './event.js';
export { readSourceFolder, readSourceFolderTE } from './folder.js';
export type { RungHeight, Size } from './geometry.js';
export type { HashMemory } from './hash-memory.js';
export type { Addressed, BoundTo, ClipJob, LadderJob, ReferenceJob } from './job.js';
export type { Manifest, ManifestClip, ManifestSource } from './manifest.js';
export type { NamedFile, NamedSource } from './named.js';
export type { PlanBytes } from './plan-bytes.js';
export {
  planLadder,
  type LadderPlan,
  type LadderSetting,
  type LeftOut,
  type PlannedSource,
  type RejectedSource,
} from './plan.js';
export { prepareLadder, prepareLadderTE, type LadderRequest } from './prepare.js';
export { changeRecipe, readRecipe, readRecipeTE, type RecipeChanges } from './recipe-file.js';
export { decodeRecipe, type Recipe, type RungRecipe } from './recipe.js';
export type { JobRecord, ResultFile } from './record.js';
export { planLines } from './render.js';
export { BUILT_IN_RECIPES, DEFAULT_RECIPE, RUNG_SETS, RUNGS } from './sets.js';
export {
  sourcesOfCorpus,
  type LadderSource,
  type RawSource,
  type SourceIdentity,
  type SourceSpec,
} from './source.js';
export {
  EMPTY_STATE,
  readLadderState,
  readLadderStateTE,
  type FoundResult,
  type LadderState,
} from './state.js';
export {
  inspectFfmpeg,
  inspectFfmpegTE,
  LADDER_TOOLS,
  type Ffmpeg,
  type LadderTools,
} from './tools.js';
