// Words that are wrong, and what the command says to them.
import { describe, expect, it } from 'vitest';
import { tinyvmaf } from '../support/command.js';

describe('help and version', () => {
  it.each([
    [['--help'], /Usage: tinyvmaf/],
    [['-h'], /Usage: tinyvmaf/],
    [['help', 'score'], /--pixel_format/],
    [['score', '--help'], /Examples:/],
    [['features', '--help'], /--all-features/],
    [['teacher', 'install', '--help'], /--from/],
    [['-v'], /^0\.0\.0-test\n$/],
    [['score', '--version'], /^0\.0\.0-test\n$/],
  ])('%j goes to standard output', async (words, text) => {
    const { status, stdout, stderr } = await tinyvmaf(...words);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(text);
  });

  it('lists every option of vmaf', async () => {
    const { stdout } = await tinyvmaf('score', '--help');
    for (const option of [
      ...[
        '-r, --reference',
        '-d, --distorted',
        '-w, --width',
        '-h, --height',
        '-p, --pixel_format',
      ],
      ...['-b, --bitdepth', '-m, --model', '-o, --output', '--xml', '--json', '--csv', '--sub'],
      ...['--threads', '--feature', '--cpumask', '--gpumask', '--frame_cnt', '--frame_skip_ref'],
      ...[
        '--frame_skip_dist',
        '--subsample',
        '-n, --no_prediction',
        '-q, --quiet',
        '-v, --version',
      ],
    ]) {
      expect(stdout).toContain(option);
    }
  });
});

describe('usage errors', () => {
  it.each([
    [[], /Usage:/],
    [['scroe'], /Did you mean score/],
    [['score', '--widht', '3', 'a', 'b'], /Did you mean --width/],
    [['score', '-h'], /-h is the height/],
    [['score'], /reference video is missing/],
    [['score', 'a'], /distorted video is missing/],
    [['score', 'a', 'b', 'c', '--json'], /--output.*folder.*\{name\}/],
    [['score', 'a', 'b', 'c', '-o', 'log.xml'], /folder or hold \{name\}/],
    [['score', 'a', 'x/b.mp4', 'y/b.mp4', '-o', '.'], /two videos of the same name/],
    [['score', 'a', 'b', '--threads', '1000'], /integer 0 to 256/],
    [['score', 'a', 'b', '--revectorize', 'yes'], /auto, on, off/],
    [['score', 'a', 'b', '-w', '96'], /--height --pixel_format --bitdepth/],
    [['score', 'a', 'b', '-b', '9'], /8, 10, 12, 16/],
    [['score', 'a', 'b', '-p', '411'], /420, 422, 444/],
    [['score', 'a', 'b', '-w', '-3'], /integer 1 to/],
    [['score', 'a', 'b', '--subsample', '0'], /integer 1 to/],
    [['score', 'a', 'b', '--pool', 'mean,media'], /"media" is none of/],
    [['score', 'a', 'b', '--precision', '9'], /6, 17/],
    [['score', 'a', 'b', '--compat', 'libvmaf-2'], /libvmaf-3\.1/],
    [['score', 'a', 'b', '--extended'], /needs --json/],
    [['score', 'a', 'b', '-n'], /needs --feature/],
    [['score', 'a', 'b', '-o', ''], /must name a file/],
    [['score', 'a', 'b', '--feature', 'psnr'], /adm, vif, motion/],
    [['score', 'a', 'b', '--feature', 'adm=nonsense=1'], /adm_enhn_gain_limit/],
    [['score', 'a', 'b', '--aom_ctc', 'v1.0'], /not computed here/],
    [['features', 'a', 'b', '--model', 'version=vmaf_v0.6.1'], /unknown option/],
  ])('%j ends with status 1 and says why', async (words, text) => {
    const { status, stdout, stderr } = await tinyvmaf(...words);
    expect(stderr).toMatch(text);
    expect([status, stdout]).toEqual([1, '']);
  });
});

describe('inputs that are not there', () => {
  it.each([
    [['features', 'nowhere.y4m', 'nothing.y4m'], 7, /nowhere\.y4m/],
    [['features', '.', '.'], 7, /folder|directory/],
    [['score', 'nowhere.y4m', 'nothing.y4m'], 7, /nowhere\.y4m/],
  ])('%j ends with status %d', async (words, status, text) => {
    const outcome = await tinyvmaf(...words);
    expect(outcome.stderr).toMatch(text);
    expect([outcome.status, outcome.stdout]).toEqual([status, '']);
  });
});
