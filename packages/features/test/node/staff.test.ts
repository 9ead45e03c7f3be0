// Workers between two runs: they are used again, leave in the end, and keep no
// program running.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { dismiss, hire, PATIENCE } from '../../src/node/pool/staff.js';

const scriptOf = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`);

const ECHO = `import { parentPort, threadId } from 'node:worker_threads';
  parentPort.on('message', () => parentPort.postMessage(threadId));`;

describe('a worker that is dismissed', () => {
  it('comes back for the same script alone', async () => {
    const [script, other] = [scriptOf(ECHO), scriptOf(`${ECHO}//`)];
    const first = hire(script);
    const id = first.threadId;
    await dismiss(first, script);
    const second = hire(other);
    expect(second).not.toBe(first);
    const again = hire(script);
    expect(again).toBe(first);
    again.postMessage('who');
    expect(await once(again, 'message')).toEqual([id]);
    expect(hire(script)).not.toBe(first);
    await Promise.all([second.terminate(), again.terminate()]);
  });

  it('is forgotten where it dies', async () => {
    const script = scriptOf('setTimeout(() => { throw new Error("late"); }, 100);');
    const worker = hire(script);
    await dismiss(worker, script);
    await new Promise((resolve) => worker.once('exit', resolve));
    const other = hire(script);
    expect(other).not.toBe(worker);
    await other.terminate();
  });

  it('is not kept where enough wait', async () => {
    const script = scriptOf(ECHO);
    const workers = Array.from({ length: availableParallelism() + 2 }, () => hire(script));
    await Promise.all(workers.map((worker) => dismiss(worker, script)));
    expect(workers.filter(({ threadId }) => threadId === -1).length).toBeGreaterThan(0);
  });

  it('keeps no program running', async () => {
    const staff = pathToFileURL(
      path.join(import.meta.dirname, '../../dist/node/pool/staff.js'),
    ).href;
    const program = `const { hire, dismiss } = await import(${JSON.stringify(staff)});
      const script = new URL(${JSON.stringify(scriptOf(ECHO).href)});
      const worker = hire(script);
      worker.postMessage('who');
      await new Promise((resolve) => worker.once('message', resolve));
      await dismiss(worker, script);
      console.log(Date.now());`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...['--input-type=module', '-e', program],
    ]);
    expect(Date.now() - Number(stdout)).toBeLessThan(PATIENCE);
  });
});
