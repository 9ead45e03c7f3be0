// Runs in a page: the digests that the page's engine makes.
import { scaleDigests, type ScaleDigest } from './digests.js';

declare global {
  interface Window {
    scaleDigests: () => readonly ScaleDigest[];
  }
}

window.scaleDigests = scaleDigests;
