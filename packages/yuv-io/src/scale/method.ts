/** How a picture can be brought to another size. */

/** Name of an interpolation: `bilinear`, `bicubic` or `lanczos`. */
export type ScaleMethod = 'bilinear' | 'bicubic' | 'lanczos';

/** All methods; the first is the one to take where nothing speaks for another. */
export const SCALE_METHODS: readonly ScaleMethod[] = ['bicubic', 'lanczos', 'bilinear'];
