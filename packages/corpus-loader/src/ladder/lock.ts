/**
 * One build at a time in a folder: a lock file with the process that holds
 * it. A lock whose process is gone, killed or lost with the power, is taken
 * over; a process number alone proves nothing, since numbers are used again.
 */
import { randomBytes } from 'node:crypto';
import { constants, readFileSync } from 'node:fs';
import { copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { errnoOf, ioError, TinyVmafException } from '@tinyvmaf/core';
import { either as E } from 'fp-ts';
import * as t from 'io-ts';
import { parseJson } from './record.js';

const LockCodec = t.type({ pid: t.number, host: t.string, born: t.string, token: t.string });

/** Tokens of the locks that this process holds. */
const held = new Set<string>();

/** When a process began, where the system says: tells two with one number apart. */
const bornAt = (pid: number): string => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\)/su, '')
      .trim()
      .split(' ');
    return `${boot} ${fields[19] ?? ''}`;
  } catch {
    return '';
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return errnoOf(thrown) === 'EPERM';
  }
};

/** Who holds the lock; undefined where nobody living does. */
const holderOf = (text: string): number | undefined => {
  const decoded = LockCodec.decode(parseJson(text));
  if (E.isLeft(decoded)) return undefined;
  const { pid, host, born, token } = decoded.right;
  // Another machine's processes cannot be seen; its lock is respected.
  if (host !== hostname()) return pid;
  if (pid === process.pid) return held.has(token) ? pid : undefined;
  return isAlive(pid) && bornAt(pid) === born ? pid : undefined;
};

/** Attempts to take over a dead process's lock; another may be quicker. */
const ATTEMPTS = 5;

/**
 * Takes the lock. Throws Io where somebody else holds it.
 * @returns what gives it back.
 */
export const takeLock = async (path: string): Promise<() => Promise<void>> => {
  const token = randomBytes(8).toString('hex');
  const own = `${path}.${token}`;
  const text = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    born: bornAt(process.pid),
    token,
  });
  try {
    await writeFile(own, text, { flag: 'wx' });
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // A link appears whole or not at all, and never over another.
      if (await linked(own, path)) {
        held.add(token);
        return () => release(path, token);
      }
      const found = await readFile(path, 'utf8').catch(() => '');
      const holder = holderOf(found);
      if (holder !== undefined) throw new TinyVmafException(busy(path, holder));
      await discard(path, found, `${own}.stale`);
    }
  } catch (thrown) {
    throw new TinyVmafException(ioError('write', path, thrown));
  } finally {
    await rm(own, { force: true }).catch(() => undefined);
  }
  throw new TinyVmafException(busy(path, 0));
};

/** File systems without links, such as exFAT, refuse in one of these ways. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

/** Puts a lock in its place, whole, unless there is one. */
const linked = async (own: string, path: string): Promise<boolean> => {
  try {
    await link(own, path).catch(async (thrown: unknown) => {
      if (!NO_LINKS.has(errnoOf(thrown) ?? '')) throw thrown;
      await copyFile(own, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
};

/** Removes a dead lock; one that another process has put in its place meanwhile is put back. */
const discard = async (path: string, found: string, aside: string): Promise<void> => {
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== found) await linked(aside, path);
  } catch (thrown) {
    if (errnoOf(thrown) !== 'ENOENT') throw thrown;
  } finally {
    await rm(aside, { force: true });
  }
};

const busy = (path: string, holder: number): ReturnType<typeof ioError> => ({
  _tag: 'Io',
  operation: 'lock',
  target: path,
  problem: `another build is at work on this ladder (process ${holder}); wait for it, or delete the file if that process is gone`,
  errno: 'EBUSY',
});

const release = async (path: string, token: string): Promise<void> => {
  held.delete(token);
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text.includes(token)) await rm(path, { force: true }).catch(() => undefined);
};
