export interface Slope {
  slope: number;
  /** Its standard error, for points that scatter independently of each other. */
  error: number;
}

/** Of the straight line through these points that leaves the least squares; 0 for fewer than three, or at one x. */
export function slopeOf(points: readonly { x: number; y: number }[]): Slope {
  const meanX = mean(points.map((point) => point.x));
  const meanY = mean(points.map((point) => point.y));
  const spread = sum(points.map(({ x }) => (x - meanX) ** 2));
  if (spread === 0 || points.length < 3) return { slope: 0, error: 0 };
  const slope = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / spread;
  const left = sum(points.map(({ x, y }) => (y - meanY - slope * (x - meanX)) ** 2));
  return { slope, error: Math.sqrt(left / (points.length - 2) / spread) };
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
