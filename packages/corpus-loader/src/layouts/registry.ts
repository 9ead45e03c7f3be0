/**
 * The layouts that are known, in the order in which they look at files: what
 * says most about itself comes first. A new layout is one file and one line
 * here.
 */
import { bviDvc } from './bvi-dvc.js';
import { folder } from './folder.js';
import type { Layout } from './layout.js';
import { lsvq } from './lsvq.js';
import { manifest } from './manifest.js';
import { netflix } from './netflix.js';

/** All layouts, in order. */
export const LAYOUTS: readonly Layout[] = [manifest, netflix, bviDvc, lsvq, folder];
