/** Requests by path, checked once at the public edge; see `../request.ts`. */
import * as t from 'io-ts';
import { frameSource, settings } from '../request.js';

const video = t.union([t.string, frameSource]);

/** A request whose inputs are paths or opened sources and whose models are named. */
export const filesRequest = t.intersection([
  t.type({ reference: video, distorted: t.array(video) }),
  t.partial({
    models: t.array(t.string),
    features: t.array(t.string),
    teacher: t.string,
  }),
  settings,
]);
