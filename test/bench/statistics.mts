/** The middle value, or the mean of the two middle values. */
export function getMedian(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = (sorted.length - 1) / 2;
	const [low = NaN, high = NaN] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
	return (low + high) / 2;
}

/** The power of `x` with which `y` grows: the slope of the regression line of their logarithms. */
export function fitExponent(points: ReadonlyArray<{ x: number; y: number }>): number | undefined {
	if (points.length < 2) return undefined;
	const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
	const mean = (of: 'x' | 'y') => logs.reduce((sum, log) => sum + log[of], 0) / logs.length;
	const [meanX, meanY] = [mean('x'), mean('y')];
	const sum = (of: (log: { x: number; y: number }) => number) =>
		logs.reduce((total, log) => total + of(log), 0);
	return sum(({ x, y }) => (x - meanX) * (y - meanY)) / sum(({ x }) => (x - meanX) ** 2);
}
