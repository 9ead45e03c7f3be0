// Child process: decodes the files it is given and does nothing else, so that
// nothing but the decoder can keep it alive. Prints one line a file.
import { createHash } from 'node:crypto';
import { fromThrown } from '@tinyvmaf/core';
import { openEncoded } from '../../src/node/video/index.js';

for (const path of process.argv.slice(2)) {
  // Written first: after a crash the last path without a result is the culprit.
  process.stdout.write(`${path} `);
  try {
    const source = await openEncoded(path, { decoder: 'webcodecs', name: 'input' });
    const hash = createHash('md5');
    let frames = 0;
    for await (const { luma } of source.frames()) {
      const { data, width, height, stride } = luma;
      for (let y = 0; y < height; y++) hash.update(data.subarray(y * stride, y * stride + width));
      frames++;
    }
    await source.close();
    process.stdout.write(`frames ${frames} ${hash.digest('hex')}\n`);
  } catch (thrown) {
    process.stdout.write(`error ${fromThrown(thrown)._tag}\n`);
  }
}
