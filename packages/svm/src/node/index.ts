export type { FetchedResponse, FetchLike } from './download.js';
export { sha256Of, writeAtomic } from './files.js';
export * from './install.js';
export * from './load.js';
export {
  locateModel,
  locateModelTE,
  type FindOptions,
  type LocatedModel,
  type Place,
} from './locate.js';
export { dataFolder, modelsFolder, thisMachine, type Machine } from './places.js';
export * from './verify.js';
