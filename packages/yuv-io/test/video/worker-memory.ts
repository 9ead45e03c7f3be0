// Child process: decodes a file and prints how its resident memory grew after
// the first frames, in MiB.
import { openEncoded } from '../../src/node/video/index.js';

const WARM_UP = 60;

const source = await openEncoded(process.argv[2] ?? '', { decoder: 'webcodecs' });
let start = 0;
let peak = 0;
let frames = 0;
for await (const { index } of source.frames()) {
  const { rss } = process.memoryUsage();
  if (index < WARM_UP) start = Math.max(start, rss);
  peak = Math.max(peak, rss);
  frames++;
}
await source.close();
process.stdout.write(JSON.stringify({ frames, growth: (peak - start) / 2 ** 20 }));
