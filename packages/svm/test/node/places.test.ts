import { describe, expect, it } from 'vitest';
import { dataFolder, thisMachine } from '../../src/node/index.js';
import { bareMachine } from './folder.js';

describe('dataFolder', () => {
  it.each([
    ['the default on Linux', bareMachine(), '/nowhere/home/.local/share/tinyvmaf'],
    ['XDG_DATA_HOME', bareMachine({ env: { XDG_DATA_HOME: '/x' } }), '/x/tinyvmaf'],
    [
      'a relative XDG_DATA_HOME',
      bareMachine({ env: { XDG_DATA_HOME: 'x' } }),
      '/nowhere/home/.local/share/tinyvmaf',
    ],
    [
      'our own variable',
      bareMachine({ env: { TINYVMAF_DATA_DIR: '/own', XDG_DATA_HOME: '/x' } }),
      '/own',
    ],
    [
      'an empty variable',
      bareMachine({ env: { TINYVMAF_DATA_DIR: '' } }),
      '/nowhere/home/.local/share/tinyvmaf',
    ],
    [
      'macOS',
      bareMachine({ platform: 'darwin', home: '/Users/a' }),
      '/Users/a/Library/Application Support/tinyvmaf',
    ],
    [
      'Windows',
      bareMachine({ platform: 'win32', home: 'C:\\Users\\a', env: { LOCALAPPDATA: 'D:\\local' } }),
      'D:\\local\\tinyvmaf',
    ],
    [
      'Windows without variables',
      bareMachine({ platform: 'win32', home: 'C:\\Users\\a' }),
      'C:\\Users\\a\\AppData\\Local\\tinyvmaf',
    ],
  ])('%s', (_, machine, expected) => {
    expect(dataFolder(machine)).toBe(expected);
  });

  it('has an answer for this machine', () => {
    expect(dataFolder()).toMatch(/tinyvmaf|\S/);
    expect(thisMachine().home).not.toBe('');
  });
});
