// The suite must be able to fail: one broken architecture for each check.
import { a3, a5, buildGraph, type Architecture } from '@tinyvmaf/models';
import { conformance, CONFORMANCE_CHECKS, describeArchitecture } from '@tinyvmaf/models/testing';
import * as t from 'io-ts';
import { describe, expect, it } from 'vitest';

const sound: Architecture<unknown> = {
  apiVersion: 1,
  id: 'test/sound',
  title: 'A line',
  version: 1,
  input: 'frame',
  options: t.strict({}) as t.Type<unknown>,
  build: () => buildGraph('frame', (b) => b.clip(b.linear(b.input(), 'line', 1), 0, 100)),
};

const found = (changes: Partial<Architecture<unknown>>): readonly string[] =>
  conformance({ ...sound, ...changes }).map(({ check, problem }) => `${check}: ${problem}`);

describe('conformance', () => {
  it('finds nothing in a sound one', () => {
    expect(conformance(sound)).toEqual([]);
    expect(conformance(a5)).toEqual([]);
  });

  it('finds what breaks the contract', () => {
    expect(found({ apiVersion: 2 as 1 })[0]).toContain(
      'keeps the contract: The architecture is not',
    );
    expect(found({ input: 'clip' })[0]).toContain('input is clip, and build makes a frame model');
    expect(
      found({
        build: () => {
          throw new Error('oh');
        },
      })[0],
    ).toContain('it throws "Error: oh"');
    expect(found({ options: t.type({ needed: t.number }) as t.Type<unknown> })[0]).toContain(
      'needed: expected number, got nothing',
    );
    expect(found({ build: () => ({ ...sound.build({}), output: 1 }) })[0]).toContain('node 1');
  });

  it('finds graphs that change, do not learn or do not see', () => {
    let count = 0;
    const changing = () =>
      buildGraph('frame', (b) => b.linear(b.scale(b.input(), ++count), 'line', 1));
    expect(found({ build: changing })).toContain(
      'builds the same graph each time: the same options gave two different graphs',
    );
    expect(found({ build: () => buildGraph('frame', (b) => b.sum(b.input())) })).toContain(
      'has something to learn: no parameter is trainable',
    );
    const blind = () => buildGraph('frame', (b) => b.clip(b.linear(b.input(), 'line', 1), 7, 7));
    expect(found({ build: blind })).toContain(
      'gives finite scores that depend on the features: every score is 7',
    );
  });

  it('finds options that throw, and files that are too large', () => {
    const throwing = new t.Type<unknown>(
      'throwing',
      (_value): _value is unknown => true,
      (value) => {
        if (typeof value === 'string') throw new Error('no text');
        return t.success(value);
      },
      (value) => value,
    );
    expect(found({ options: throwing }).join()).toContain('it throws "Error: no text"');
    expect(found({ budget: { tier: 'nano', onnxBytes: 100 } })[0]).toMatch(
      /keeps its budget: its file has \d+ bytes; its budget is 100/,
    );
  });

  it('finds clips whose padding counts', () => {
    const build = () =>
      buildGraph('clip', (b) => {
        const scores = b.linear(b.input(), 'line', 1);
        // The mean over all frames, padding included.
        const ones = b.exp(b.scale(scores, 0));
        return b.matmul(b.transpose(ones), scores);
      });
    expect(found({ input: 'clip', build }).join()).toContain('does not see padding');
    expect(conformance(a3)).toEqual([]);
  });

  it('defines a test per check, which throws what was found', () => {
    const tests = new Map<string, () => void>();
    const runner = {
      describe: (_name: string, define: () => void) => define(),
      it: (name: string, run: () => void) => tests.set(name, run),
    };
    describeArchitecture({ ...sound, budget: { tier: 'nano', onnxBytes: 1 } }, runner);
    expect([...tests.keys()]).toEqual(CONFORMANCE_CHECKS);
    expect(tests.get('keeps its budget')).toThrow('its budget is 1');
    expect(tests.get('keeps the contract')).not.toThrow();
  });
});
