export * from './model.js';
export { parseModel } from './parse.js';
export { JSON_LIMITS } from './shape.js';
