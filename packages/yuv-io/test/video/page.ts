// Runs in a page: decodes the files a test hands over and gives digests back.
import { fromThrown } from '@tinyvmaf/core';
import { openContainer } from '../../src/video/index.js';

declare global {
  interface Window {
    /** Decodes base64 bytes; SHA-256 over the luma rows of all frames. */
    digestVideo: (base64: string) => Promise<unknown>;
  }
}

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

window.digestVideo = async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  try {
    const source = await openContainer(new Blob([bytes]), { name: 'page' });
    const rows: Uint8Array<ArrayBuffer>[] = [];
    let frames = 0;
    for await (const { luma } of source.frames()) {
      const { data, width, height, stride } = luma;
      for (let y = 0; y < height; y++) {
        rows.push(new Uint8Array(data.slice(y * stride, y * stride + width)));
      }
      frames++;
    }
    await source.close();
    const digest = await crypto.subtle.digest('SHA-256', await new Blob(rows).arrayBuffer());
    return { frames, sha256: hex(digest), decoder: source.info.decoder, format: source.format };
  } catch (thrown) {
    return { error: fromThrown(thrown) };
  }
};
