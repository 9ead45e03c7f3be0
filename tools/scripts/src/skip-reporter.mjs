/**
 * A Vitest reporter that closes a run with every test that was skipped and why:
 * its own note, or what `has()` of the test kit found missing in that file.
 */

/**
 * @typedef {import('vitest/node').Reporter} Reporter
 * @typedef {import('vitest/node').TestModule} TestModule
 */

const MARK = /^skipped: (.*)$/gm;

/** @implements {Reporter} */
export default class SkipReporter {
  /** What `has()` printed, by the file it printed it in. @type {Map<string, Set<string>>} */
  #missing = new Map();

  /** @param {import('vitest').UserConsoleLog} log */
  onUserConsoleLog(log) {
    const file = log.taskId?.split('_')[0] ?? '';
    for (const [, reason] of log.content.matchAll(MARK)) {
      if (reason === undefined) continue;
      this.#missing.set(file, (this.#missing.get(file) ?? new Set()).add(reason));
    }
  }

  /** @param {readonly TestModule[]} modules */
  onTestRunEnd(modules) {
    /** How many tests, by file and reason. @type {Map<string, number>} */
    const skipped = new Map();
    for (const module of modules) {
      const found = this.#missing.get(module.id) ?? this.#missing.get('') ?? new Set();
      for (const test of module.children.allTests('skipped')) {
        const result = test.result();
        const note = result.state === 'skipped' ? result.note : undefined;
        const reason = note ?? ([...found].join('; ') || 'no reason given');
        const key = `${module.project.name} ${module.relativeModuleId}: ${reason}`;
        skipped.set(key, (skipped.get(key) ?? 0) + 1);
      }
    }
    if (skipped.size === 0) return;
    console.log('\nSkipped tests:');
    for (const [key, count] of skipped) console.log(`  ${count} in ${key}`);
  }
}
