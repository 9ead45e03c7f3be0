import { describe, expect, it } from 'vitest';
import { errorMessage, ioError, TinyVmafException } from '../src/index.js';

const system = (code: string): Error =>
  Object.assign(new Error(`${code}: the system's own words`), { code });

describe('ioError', () => {
  it.each([
    ['read', 'ENOENT', 'Cannot read a: there is no such file.'],
    ['write', 'ENOENT', 'Cannot write a: there is no such directory.'],
    ['write', 'ENOSPC', 'Cannot write a: no space left on the device.'],
    ['open', 'EWEIRD', "Cannot open a: EWEIRD: the system's own words."],
  ])('%s with %s: %s', (operation, code, message) => {
    const error = ioError(operation, 'a', system(code));
    expect(error).toMatchObject({ _tag: 'Io', operation, target: 'a', errno: code });
    expect(errorMessage(error)).toBe(message);
  });

  it('has no code where the system gave none', () => {
    expect(ioError('read', 'a', 'odd')).toEqual({
      _tag: 'Io',
      operation: 'read',
      target: 'a',
      problem: 'odd',
      cause: 'odd',
    });
    expect(ioError('read', 'a', new Error(''))).toMatchObject({ problem: 'unknown reason' });
  });

  it('passes on what is an error of ours already', () => {
    const error = { _tag: 'NoFrames', source: 'a', problem: 'is empty' } as const;
    expect(ioError('read', 'a', new TinyVmafException(error))).toBe(error);
  });

  it('tells an abort from a fault', () => {
    const abort = new DOMException('stop', 'AbortError');
    expect(errorMessage(ioError('write', 'a', abort))).toBe('Writing a was cancelled.');
  });
});
