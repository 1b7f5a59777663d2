/** Sizes are compared with a size so much smaller. */
const STEP = 8;

/** Linear time has a ratio of 8, quadratic time one of 64. The rest is for caches and noise. */
const MAX_RATIO = 27;

/** Faster work is too short to compare. Quadratic work takes longer at the sizes that are tested. */
const MIN_COMPARED_MS = 8;

const MAX_ATTEMPTS = 6;

/** Work on an input that grows: the time of `run` counts, that of `create` does not. */
export interface GrowingWork<Input> {
	create(size: number): Input;
	run(input: Input): void;
}

/**
 * Why the time of some work is not linear in the size of its input; `undefined` if it is. It compares
 * CPU times of two sizes, and repeats the comparison before it decides: a busy machine changes nothing.
 */
export function findSuperlinearTime<Input>(
	{ create, run }: GrowingWork<Input>,
	size: number,
): string | undefined {
	const large = create(size);
	const small = create(Math.ceil(size / STEP));
	const measure = (input: Input) => measureCpuMs(() => run(input));
	let largeMs = Infinity;
	let smallMs = Infinity;
	for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
		largeMs = Math.min(largeMs, measure(large));
		smallMs = Math.min(smallMs, measure(small));
		if (largeMs < MIN_COMPARED_MS || largeMs / smallMs < MAX_RATIO) return undefined;
	}
	return `${smallMs} ms for ${Math.ceil(size / STEP)}, but ${largeMs} ms for ${size}`;
}

function measureCpuMs(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}
