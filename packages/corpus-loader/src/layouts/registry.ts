/**
 * The layouts that are known, in the order in which they look at files: what
 * says most about itself comes first. A new layout is one file and one line
 * here.
 */
import { manifest } from './manifest.js';
import { netflix } from './netflix.js';
import type { Layout } from './layout.js';

/** All layouts, in order. */
export const LAYOUTS: readonly Layout[] = [manifest, netflix];
