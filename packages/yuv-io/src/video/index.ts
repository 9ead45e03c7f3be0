/** Video files through WebCodecs; browser-safe. */
export { openContainer, openContainerTE } from './open-container.js';
