import { errorMessage, TinyVmafException } from '@tinyvmaf/core';
import { describe, expect, it } from 'vitest';
import { streamFrameTable, type ClipFrames } from '../../src/labels/frames.js';
import { file } from './file.js';

const HEADER = 'clip,frame,adm2,vif_scale0,vif_scale1,vif_scale2,vif_scale3,motion2,score\n';
const row = (clip: string, frame: number | string, first: number | string = 1): string =>
  `${clip},${frame},${first},2,3,4,5,6,7\n`;

const read = async (text: string): Promise<readonly ClipFrames[] | string> => {
  const clips: ClipFrames[] = [];
  try {
    for await (const clip of streamFrameTable(file('frames.csv', text))) clips.push(clip);
  } catch (thrown) {
    return thrown instanceof TinyVmafException ? errorMessage(thrown.error) : String(thrown);
  }
  return clips;
};

describe('tables of frames', () => {
  it('gives clip after clip', async () => {
    const clips = await read(`${HEADER}${row('A', 0)}${row('A', 1, 8)}${row('B', 0)}`);
    expect(clips).toMatchObject([
      {
        clip: 'A',
        frames: 2,
        columns: { adm2: Float64Array.of(1, 8) },
        extra: { score: Float64Array.of(7, 7) },
      },
      { clip: 'B', frames: 1 },
    ]);
  });

  it.each([
    [row('A', 1), /line 2, column frame: is 1 where frame 0 of A should be/],
    [row('A', 0) + row('A', 0), /line 3, column frame: is 0 where frame 1/],
    [row('A', 0) + row('B', 0) + row('A', 0), /line 4, column clip: A was complete further up/],
    [row('A', 0, 'nan'), /line 2, column adm2: "nan"/],
    [row('', 0), /column clip: is empty/],
  ])('refuses %j', async (rows, message) => {
    expect(await read(HEADER + rows)).toMatch(message);
  });
});
