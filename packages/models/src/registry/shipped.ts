import type { Registry } from './registry.js';
/** x */
export const REGISTRY: Registry = { format: 'tinyvmaf-registry', version: 1, models: [] };
/** x */
export const FILES: Readonly<Record<string, string>> = {};
