// One reference, several distorted videos: the numbers of each pair alone, a
// log for each, a table, and a summary for plots.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { has, TEACHER } from '@tinyvmaf/testkit';
import { describe, expect, it } from 'vitest';
import { tinyvmaf, type Log } from '../support/command.js';
import { scratch, write, y4mClip } from '../support/files.js';

describe('a ladder of features', () => {
  const { path } = scratch();
  const r = write(path('r.y4m'), y4mClip({ frames: 4, q: 1 }));
  const low = write(path('low.y4m'), y4mClip({ frames: 4, q: 32 }));
  const same = write(path('same.y4m'), y4mClip({ frames: 4, q: 1 }));
  const short = write(path('short.y4m'), y4mClip({ frames: 2, q: 32 }));

  it('writes the log that each pair alone would get', async () => {
    mkdirSync(path('logs'));
    const ladder = await tinyvmaf('features', r, low, same, '--csv', '-o', path('logs'));
    expect([ladder.status, ladder.stderr]).toEqual([0, '']);
    expect(readdirSync(path('logs'))).toEqual(['low.csv', 'same.csv']);
    for (const [name, file] of Object.entries({ low, same })) {
      const alone = await tinyvmaf('features', r, file, '--csv');
      expect(readFileSync(path(`logs/${name}.csv`), 'utf8')).toBe(alone.stdout);
    }
  });

  it('puts the name of a video where {name} stands', async () => {
    const template = path('of-{name}.json');
    const { status } = await tinyvmaf('features', r, low, same, '--json', '-o', template);
    expect(status).toBe(0);
    expect(readFileSync(path('of-low.json'), 'utf8')).toMatch(/^\{\n {2}"version": "3\.2\.0"/);
  });

  it('shows a table with sizes and bitrates', async () => {
    const { stdout } = await tinyvmaf('features', r, low, same);
    const [header, first] = stdout.split('\n');
    expect(header).toMatch(/^video +key +mean +harmonic +p5 +min +worst frame +bytes +kbps$/);
    // Four frames at 25 frames a second.
    const bytes = y4mClip({ frames: 4, q: 32 }).length;
    const kbps = Math.floor((bytes * 8) / 160);
    expect(first).toMatch(new RegExp(`^low +integer_adm2 .* ${bytes} +${kbps}\\.\\d$`));
  });

  it('ends each video of unequal lengths at its own end', async () => {
    expect((await tinyvmaf('features', r, low, short)).status).toBe(4);
    const words = ['--allow-shorter', '--csv', '-o', path('logs')];
    expect((await tinyvmaf('features', r, low, short, ...words)).status).toBe(0);
    expect(readFileSync(path('logs/short.csv'), 'utf8').trim().split('\n')).toHaveLength(3);
    expect(readFileSync(path('logs/low.csv'), 'utf8').trim().split('\n')).toHaveLength(5);
  });

  it('numbers the videos in a stream of lines', async () => {
    const { stdout } = await tinyvmaf('features', r, low, same, '--ndjson');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; video: number });
    expect(lines.filter(({ video }) => video === 1).map(({ type }) => type)).toEqual([
      ...['start', 'frame', 'frame', 'frame', 'frame', 'end'],
    ]);
  });
});

describe.skipIf(!has('shared'))('a ladder of scores', () => {
  const { path } = scratch();
  const r = write(path('r.y4m'), y4mClip({ q: 1 }));
  const low = write(path('a,b.y4m'), y4mClip({ q: 32 }));
  const same = write(path('same.y4m'), y4mClip({ q: 1 }));
  const ladder = (...words: readonly string[]) =>
    tinyvmaf('score', r, low, same, '--teacher', TEACHER, ...words);

  it('writes a summary of every video and model', async () => {
    const models = ['-m', 'version=vmaf_v0.6.1', '-m', 'version=vmaf_v0.6.1neg:name=neg'];
    const { status, stdout } = await ladder(...models, '--summary', path('summary.csv'));
    expect(status).toBe(0);
    expect(stdout).toMatch(/a,b +vmaf +68\.724514 +68\.629445 /);
    expect(stdout).toMatch(/a,b +neg +66\.430830 /);
    const rows = readFileSync(path('summary.csv'), 'utf8').trim().split('\n');
    expect(rows[0]).toBe(
      'video,key,bytes,kbps,frames,width,height,worst_frame,min,max,mean,harmonic_mean,p1,p5,p10,p50',
    );
    expect(rows).toHaveLength(5);
    expect(rows[1]).toMatch(/^".*a,b\.y4m",vmaf,\d+,[\d.]+,3,96,64,0,65\.27158/);
  });

  it('names the video that a remark is about', async () => {
    const { stderr } = await ladder();
    expect(stderr).toMatch(/same\.y4m looks identical/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('writes a JSON log for each', async () => {
    mkdirSync(path('logs'));
    await ladder('--json', '-o', `${path('logs')}/`);
    const log = JSON.parse(readFileSync(path('logs/a,b.json'), 'utf8')) as Log;
    expect(log.pooled_metrics['vmaf']?.['mean']).toBe(68.724514);
  });
});
