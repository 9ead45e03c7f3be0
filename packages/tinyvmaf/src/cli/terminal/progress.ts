/** The moving line on a terminal: frames, speed, time left. */
import type { Terminal } from './terminal.js';

const REFRESH_MS = 100;

/** Shows how far a run is. */
export interface Progress {
  /** Tells the number of frames to come, where it is known. */
  total(frames: number | undefined): void;
  /** Tells that a frame is done. */
  advance(): void;
  /** Takes the line away. */
  clear(): void;
}

const silent: Progress = {
  total: () => undefined,
  advance: () => undefined,
  clear: () => undefined,
};

/** `1:05` for 65 seconds. */
export const clock = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};

/** Progress on stderr where that is a terminal and `quiet` is not asked for. */
export const createProgress = (terminal: Terminal, quiet: boolean): Progress => {
  if (quiet || !terminal.interactive) return silent;
  const started = performance.now();
  let frames = 0;
  let total: number | undefined;
  let shown = 0;
  const draw = (): void => {
    const seconds = (performance.now() - started) / 1000;
    const fps = frames / seconds;
    const of = total === undefined ? '' : `/${total}`;
    const left = total === undefined ? '' : `, ${clock((total - frames) / fps)} left`;
    terminal.err(`\r\u001b[K${frames}${of} frames, ${fps.toFixed(2)} FPS${left}`);
  };
  return {
    total: (count) => {
      total = count;
    },
    advance: () => {
      frames++;
      const now = performance.now();
      if (now - shown < REFRESH_MS) return;
      shown = now;
      draw();
    },
    clear: () => {
      if (shown > 0) terminal.err('\r\u001b[K');
    },
  };
};
