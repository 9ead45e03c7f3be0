/**
 * A worker of the pool: takes frames, or runs of frames that it reads itself,
 * and answers with their numbers. Everything it knows beyond that is what it
 * is told at the begin of a run.
 */
import { parentPort } from 'node:worker_threads';
import type { Answer, Task } from './messages.js';
import { createWork, type Work } from './work.js';

let work: Work | undefined;

const post = (answer: Answer): void => parentPort?.postMessage(answer);

parentPort?.on('message', (task: Task) => {
  if ('setup' in task) {
    work?.end();
    work = task.setup === undefined ? undefined : createWork(task.setup);
  } else if ('first' in task) {
    // After a failure nothing more is answered: the run ends with it.
    for (const answer of work?.run(task) ?? []) post(answer);
  } else if (work !== undefined) {
    post(work.one(task));
  }
});
