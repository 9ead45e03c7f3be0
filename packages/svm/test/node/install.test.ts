import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { either as E } from 'fp-ts';
import { has } from '@tinyvmaf/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  installTeacher,
  installTeacherTE,
  OFFICIAL_MODELS,
  type FetchLike,
  type InstallOptions,
} from '../../src/node/index.js';
import { messageOf, TEACHER, teacherText } from '../teacher.js';
import { bareMachine, folder, put } from './folder.js';
import { nobody, proxyTo, serve } from './server.js';

const ONE: InstallOptions = { models: ['vmaf_v0.6.1'], machine: bareMachine() };

const failure = async (options: InstallOptions): Promise<string> =>
  messageOf(await installTeacherTE({ machine: bareMachine(), ...options })());

const everythingIn = (path: string): readonly string[] =>
  existsSync(path) ? readdirSync(path, { recursive: true }).map(String).sort() : [];

describe('installTeacher without the files', () => {
  it('fetches from the pinned release, one file after another', async () => {
    const asked: string[] = [];
    const fetch: FetchLike = (url) => {
      asked.push(url);
      return Promise.resolve({ ok: false, status: 503, statusText: 'Busy', body: null });
    };
    const message = await failure({ dataDir: folder(), fetch });
    expect(asked).toEqual([
      'https://raw.githubusercontent.com/Netflix/vmaf/v3.2.0/model/vmaf_v0.6.1.json',
    ]);
    expect(message).toBe(
      `Cannot download ${OFFICIAL_MODELS}/vmaf_v0.6.1.json: the server answered 503 Busy.`,
    );
  });

  it('keeps nothing whose content is not the published one', async () => {
    const base = await serve((_, response) => response.end('{"model_dict": 1}'));
    const dataDir = folder();
    expect(await failure({ ...ONE, from: base, dataDir })).toMatch(
      /vmaf_v0\.6\.1\.json is not the expected file: SHA-256 should be 5950.*, is [0-9a-f]{64}\.$/,
    );
    expect(everythingIn(dataDir)).toEqual([]);
  });

  it('tells status, broken connections, endless and slow answers', async () => {
    const base = await serve((request, response) => {
      switch (request.url) {
        case '/truncated/vmaf_v0.6.1.json':
          response.writeHead(200, { 'content-length': '1000' });
          response.write('half');
          setTimeout(() => response.destroy(), 20);
          break;
        case '/endless/vmaf_v0.6.1.json': {
          const chunk = Buffer.alloc(1024 * 1024);
          const more = (): void => {
            while (!response.destroyed && response.write(chunk));
          };
          response.on('drain', more);
          more();
          break;
        }
        case '/slow/vmaf_v0.6.1.json':
          response.write('{');
          break;
        case '/round/vmaf_v0.6.1.json':
          response.writeHead(302, { location: request.url }).end();
          break;
        default:
          response.writeHead(404).end('no');
      }
    });
    const dataDir = folder();
    const at = (path: string, more: InstallOptions = {}): Promise<string> =>
      failure({ ...ONE, from: `${base}${path}`, dataDir, ...more });
    expect(await at('/missing')).toMatch(/the server answered 404 Not Found\.$/);
    expect(await at('/truncated')).toMatch(/; without network, bring the model files/);
    expect(await at('/endless')).toMatch(/more than 16777216 bytes came/);
    expect(await at('/slow', { timeoutMs: 200 })).toMatch(/it took longer than 0\.2 seconds/);
    expect(await at('/round')).toMatch(/redirect/);
    expect(everythingIn(dataDir)).toEqual([]);
  });

  it('says what to do offline', async () => {
    const message = await failure({ ...ONE, from: await nobody(), dataDir: folder() });
    expect(message).toMatch(
      /^Cannot download http:\/\/127\.0\.0\.1:\d+\/vmaf_v0\.6\.1\.json: .*ECONNREFUSED.*; without network, bring the model files here some other way and use --from/,
    );
    const error = await installTeacherTE({
      ...ONE,
      from: 'http://nowhere.invalid',
      dataDir: folder(),
    })();
    expect(E.isLeft(error) && error.left).toMatchObject({ _tag: 'Io', operation: 'download' });
  });

  it('can be aborted', async () => {
    const control = new AbortController();
    const base = await serve((_, response) => {
      response.write('{');
      setTimeout(() => control.abort(), 20);
    });
    const options = { ...ONE, from: base, dataDir: folder(), signal: control.signal };
    expect(await failure(options)).toMatch(/^Downloading .* was cancelled\.$/);
    expect(await failure(options)).toBe('Installing the models was cancelled.');
  });

  it('refuses sources and names that are none', async () => {
    const dir = folder();
    expect(await failure({ from: 'ftp://x/y' })).toMatch(/^--from must be a file, a folder, or/);
    expect(await failure({ from: join(dir, 'none') })).toMatch(/there is no such file or folder/);
    expect(await failure({ models: ['nonesuch'] })).toMatch(/"nonesuch" is not known\. Known are/);
    expect(await failure({ from: dir, dataDir: folder() })).toMatch(
      /is not in .*\. Files are named like vmaf_v0\.6\.1\.json\.$/,
    );
    const own = put(join(dir, 'own.json'), '{}');
    expect(await failure({ from: own, dataDir: folder() })).toMatch(
      /^Model "own\.json" is none of the published models, by its content/,
    );
    const fake = put(join(dir, 'vmaf_v0.6.1.json'), '{}');
    expect(await failure({ from: fake, dataDir: folder() })).toMatch(/SHA-256 should be 5950/);
  });
});

describe.skipIf(!has('shared'))('installTeacher', () => {
  let files = '';
  beforeAll(async () => {
    files = await serve((request, response) => {
      const url = request.url ?? '';
      if (url.startsWith('/moved/')) {
        response.writeHead(302, { location: url.slice('/moved'.length) }).end();
        return;
      }
      try {
        response.end(readFileSync(join(TEACHER, url)));
      } catch {
        response.writeHead(404).end();
      }
    });
  });

  it('installs the family of nine from a server, and finds it there the next time', async () => {
    const dataDir = folder();
    const told: string[] = [];
    const options: InstallOptions = {
      from: files,
      dataDir,
      machine: bareMachine(),
      onModel: (model) => told.push(`${model.version} ${model.status}`),
    };
    const report = await installTeacher(options);
    expect(report.folder).toBe(join(dataDir, 'models'));
    expect(report.models).toHaveLength(9);
    expect(report.models.every((model) => model.status === 'installed')).toBe(true);
    expect(told[0]).toBe('vmaf_v0.6.1 installed');
    expect(everythingIn(report.folder)).toHaveLength(9);
    expect(readFileSync(report.models[0]!.path, 'utf8')).toBe(teacherText('vmaf_v0.6.1.json'));
    // Nothing listens there: what is present needs no network.
    const again = await installTeacher({ ...options, from: await nobody() });
    expect(again.models.every((model) => model.status === 'present')).toBe(true);
  });

  it('replaces a damaged file', async () => {
    const dataDir = folder();
    const path = put(join(dataDir, 'models/vmaf_v0.6.1.json'), 'damaged');
    const report = await installTeacher({ ...ONE, from: files, dataDir });
    expect(report.models).toEqual([{ version: 'vmaf_v0.6.1', path, status: 'installed' }]);
    expect(readFileSync(path, 'utf8')).toBe(teacherText('vmaf_v0.6.1.json'));
  });

  it('follows redirections, takes the URL of one file, and models in subfolders', async () => {
    const dataDir = folder();
    await installTeacher({ ...ONE, from: `${files}/moved`, dataDir });
    await installTeacher({ from: `${files}/vmaf_v0.6.1neg.json`, dataDir, machine: bareMachine() });
    await installTeacher({
      from: files,
      models: ['vmaf_v1.0.16_3d0h'],
      dataDir,
      machine: bareMachine(),
    });
    expect(everythingIn(join(dataDir, 'models'))).toEqual([
      'vmaf_v0.6.1.json',
      'vmaf_v0.6.1neg.json',
      'vmaf_v1.0.16',
      join('vmaf_v1.0.16', 'vmaf_v1.0.16_3d0h.json'),
    ]);
  });

  it('goes through the proxy of the environment, except where NO_PROXY says otherwise', async () => {
    const proxy = await proxyTo(files);
    const through = (env: Readonly<Record<string, string>>, from: string) =>
      installTeacher({ ...ONE, from, dataDir: folder(), machine: bareMachine({ env }) });
    for (const name of ['HTTP_PROXY', 'http_proxy']) {
      proxy.asked.length = 0;
      await through({ [name]: proxy.url }, 'http://models.invalid');
      expect(proxy.asked.join()).toMatch(/models\.invalid/);
    }
    proxy.asked.length = 0;
    await through({ HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' }, files);
    expect(proxy.asked).toEqual([]);
    const options = { ...ONE, dataDir: folder(), from: 'https://models.invalid' };
    await failure({ ...options, machine: bareMachine({ env: { HTTPS_PROXY: proxy.url } }) });
    expect(proxy.asked).toEqual(['CONNECT models.invalid:443']);
  });

  it('takes a folder, a file, a file URL', async () => {
    const source = folder();
    put(join(source, 'vmaf_v0.6.1.json'), teacherText('vmaf_v0.6.1.json'));
    const dataDir = folder();
    const some = await installTeacher({ from: source, dataDir, machine: bareMachine() });
    expect(some.models.map((model) => model.version)).toEqual(['vmaf_v0.6.1']);
    expect(some.absent).toHaveLength(8);
    expect(await failure({ from: source, dataDir, models: ['vmaf_4k_v0.6.1'] })).toMatch(
      /"vmaf_4k_v0\.6\.1" is not in /,
    );
    const renamed = put(join(source, 'any name'), teacherText('vmaf_4k_v0.6.1.json'));
    const one = await installTeacher({
      from: pathToFileURL(renamed).href,
      dataDir,
      machine: bareMachine(),
    });
    expect(one.models[0]?.version).toBe('vmaf_4k_v0.6.1');
    expect(await failure({ ...ONE, from: renamed, dataDir })).toMatch(/SHA-256 should be 5950/);
  });

  it('says where it cannot write', async () => {
    const blocked = put(join(folder(), 'file'), '');
    expect(await failure({ ...ONE, from: TEACHER, dataDir: blocked })).toMatch(
      /^Cannot write .*vmaf_v0\.6\.1\.json: a part of the path is not a directory\.$/,
    );
  });

  it.skipIf(process.getuid === undefined)('says that a folder is read-only', async () => {
    const [source, dataDir] = [folder(), folder()];
    put(join(source, 'vmaf_v0.6.1.json'), teacherText('vmaf_v0.6.1.json'));
    chmodSync(source, 0o755);
    chmodSync(dataDir, 0o555);
    // A superuser may write everywhere: become somebody else for a moment.
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65534);
    try {
      expect(await failure({ ...ONE, from: source, dataDir })).toMatch(
        /^Cannot write .*: permission denied\.$/,
      );
    } finally {
      if (root) process.seteuid?.(0);
      chmodSync(dataDir, 0o755);
    }
    expect(everythingIn(dataDir)).toEqual([]);
  });
});
