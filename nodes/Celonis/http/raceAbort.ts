/** Waits for work to finish; rejects with the signal's reason as soon as the signal is aborted. */
export async function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	let onAbort = () => {};
	const aborted = new Promise<never>((_, reject) => {
		onAbort = () => reject(signal.reason as Error);
		if (signal.aborted) onAbort();
		else signal.addEventListener('abort', onAbort, { once: true });
	});
	return await Promise.race([work, aborted]).finally(() =>
		signal.removeEventListener('abort', onAbort),
	);
}
