/**
 * The conformance checks as tests of whatever runner is at hand: Vitest, Jest,
 * Mocha and node:test all have a `describe` and an `it` of this form.
 */
import { CONFORMANCE_CHECKS, conformance } from './conformance.js';

/** The two functions of a test runner that are needed. */
export interface TestRunner {
  /** Groups tests. */
  readonly describe: (name: string, define: () => void) => unknown;
  /** Defines a test, which fails by throwing. */
  readonly it: (name: string, run: () => void) => unknown;
}

/**
 * Defines one test per check.
 * @param architecture the default export of a plugin.
 * @param runner `{ describe, it }` of the runner.
 */
export const describeArchitecture = (architecture: unknown, { describe, it }: TestRunner): void => {
  describe('architecture', () => {
    for (const check of CONFORMANCE_CHECKS) {
      it(check, () => {
        const findings = conformance(architecture, check);
        if (findings.length > 0) {
          throw new Error(
            findings.map((finding) => `${finding.check}: ${finding.problem}`).join('\n'),
          );
        }
      });
    }
  });
};
