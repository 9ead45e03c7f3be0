/**
 * Measuring on a machine that others use too: CPU time instead of wall time,
 * tasks interleaved in rounds so that a busy minute hits all of them, medians.
 */

/** Something to measure. */
export interface Task {
  readonly name: string;
  /** Frames that one call computes. */
  readonly frames: number;
  /** Rounds it takes part in; dear tasks take part in fewer. */
  readonly rounds: number;
  /** Done before each round and not measured. */
  prepare?(): Promise<void>;
  /** Does it once; a program of its own gives the CPU time it took, in milliseconds. */
  run(): number | undefined | Promise<number | undefined>;
}

/** What a task took, in milliseconds per frame. */
export interface Timing {
  readonly name: string;
  readonly rounds: number;
  /** CPU time of all threads, user and system: median and least. */
  readonly cpu: number;
  readonly leastCpu: number;
  /** Wall time: median and least. */
  readonly wall: number;
  readonly leastWall: number;
}

const once = async (task: Task): Promise<{ readonly cpu: number; readonly wall: number }> => {
  await task.prepare?.();
  const started = performance.now();
  const before = process.cpuUsage();
  const own = await task.run();
  const { user, system } = process.cpuUsage(before);
  const wall = performance.now() - started;
  return { cpu: (own ?? (user + system) / 1000) / task.frames, wall: wall / task.frames };
};

/** The middle of a list; of the two in the middle the lower. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? NaN;

/** Runs all tasks in interleaved rounds, after one round that is not counted. */
export const measure = async (
  tasks: readonly Task[],
  onRound: (round: number) => void,
): Promise<readonly Timing[]> => {
  const taken = tasks.map(() => ({ cpu: [] as number[], wall: [] as number[] }));
  const rounds = Math.max(0, ...tasks.map((task) => task.rounds));
  for (let round = 0; round <= rounds; round++) {
    onRound(round);
    for (const [i, task] of tasks.entries()) {
      // The first round warms up; what runs only once is not worth the wait.
      if (round > task.rounds || (round === 0 && task.rounds === 1)) continue;
      const { cpu, wall } = await once(task);
      if (round === 0) continue;
      taken[i]?.cpu.push(cpu);
      taken[i]?.wall.push(wall);
    }
  }
  return tasks.map(({ name, rounds: count }, i) => {
    const { cpu = [], wall = [] } = taken[i] ?? {};
    return {
      name,
      rounds: count,
      cpu: median(cpu),
      leastCpu: Math.min(...cpu),
      wall: median(wall),
      leastWall: Math.min(...wall),
    };
  });
};

/** What one timing takes more than another, as a timing of its own. */
export const difference = (name: string, more: Timing, less: Timing): Timing => ({
  name,
  rounds: more.rounds,
  cpu: more.cpu - less.cpu,
  leastCpu: more.leastCpu - less.leastCpu,
  wall: more.wall - less.wall,
  leastWall: more.leastWall - less.leastWall,
});
