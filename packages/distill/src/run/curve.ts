/** The loss of a run as a drawing: steps to the right, powers of ten upwards. */

/** A point of the curve. */
export interface CurvePoint {
  /** Part of the work; each gets its own line. */
  readonly stage: string;
  readonly step: number;
  readonly loss: number;
}

const WIDTH = 640;
const HEIGHT = 320;
const LEFT = 64;
const BOTTOM = 40;
const TOP = 16;
const RIGHT = 16;

/** Most points that are drawn. */
const MOST_POINTS = 800;

/**
 * Logarithm to base 10 in steps of 1/256, by repeated square roots: a drawing
 * needs no more, and it comes out the same on every engine.
 */
export const roughLog10 = (value: number): number => {
  let rest = value;
  let log = 0;
  while (rest >= 10) {
    rest /= 10;
    log++;
  }
  while (rest < 1) {
    rest *= 10;
    log--;
  }
  let part = 1;
  let root = 10;
  for (let i = 0; i < 8; i++) {
    root = Math.sqrt(root);
    part /= 2;
    if (rest >= root) {
      rest /= root;
      log += part;
    }
  }
  return log;
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An SVG file of a loss curve. Points whose loss is not above 0 are left out. */
export const lossCurve = (title: string, all: readonly CurvePoint[]): string => {
  const every = Math.ceil(all.length / MOST_POINTS);
  const points = all
    .filter(
      ({ loss }, i) =>
        loss > 0 && Number.isFinite(loss) && (i % every === 0 || i === all.length - 1),
    )
    .map((point) => ({ ...point, log: roughLog10(point.loss) }));
  const logs = points.map(({ log }) => log);
  const low = Math.floor(Math.min(0, ...logs));
  const high = Math.max(low + 1, Math.ceil(Math.max(...logs, low)));
  const last = Math.max(1, ...points.map(({ step }) => step));
  const x = (step: number): string => (LEFT + ((WIDTH - LEFT - RIGHT) * step) / last).toFixed(1);
  const y = (log: number): string =>
    (TOP + ((HEIGHT - TOP - BOTTOM) * (high - log)) / (high - low)).toFixed(1);
  const lines: string[] = [];
  for (let power = low; power <= high; power++) {
    lines.push(
      `<path d="M${LEFT} ${y(power)}H${WIDTH - RIGHT}" stroke="#ddd"/>`,
      `<text x="${LEFT - 6}" y="${y(power)}" text-anchor="end" dominant-baseline="middle">1e${power}</text>`,
    );
  }
  const stages = [...new Set(points.map(({ stage }) => stage))];
  for (const [i, stage] of stages.entries()) {
    const own = points.filter((point) => point.stage === stage);
    const path = own
      .map(({ step, log }, n) => `${n === 0 ? 'M' : 'L'}${x(step)} ${y(log)}`)
      .join('');
    const colour = `hsl(${(i * 47 + 210) % 360} 60% 40%)`;
    lines.push(
      `<path d="${path}" fill="none" stroke="${colour}"><title>${escaped(stage)}</title></path>`,
    );
  }
  lines.push(
    `<text x="${LEFT}" y="${HEIGHT - 10}">step 0</text>`,
    `<text x="${WIDTH - RIGHT}" y="${HEIGHT - 10}" text-anchor="end">${last}</text>`,
    `<text x="${WIDTH / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escaped(title)}: root of the weighted mean squared error, VMAF points</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
};
