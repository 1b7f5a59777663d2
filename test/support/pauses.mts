import { afterEach, beforeEach, jest } from '@jest/globals';
import * as n8nWorkflow from 'n8n-workflow';

/**
 * For all tests of a file: a pause of the nodes ends at once, and this machine's clock has moved on
 * by its length. Pauses that overlap pass together.
 */
export function skipPauses(): void {
	beforeEach(() => {
		const realNow = { date: Date.now, performance: performance.now.bind(performance) };
		let aheadMs = 0;
		jest.spyOn(Date, 'now').mockImplementation(() => realNow.date() + aheadMs);
		jest.spyOn(performance, 'now').mockImplementation(() => realNow.performance() + aheadMs);
		replaceSleep(async (ms) => {
			const endMs = realNow.performance() + aheadMs + ms;
			await new Promise((resolve) => setImmediate(resolve));
			aheadMs = Math.max(aheadMs, endMs - realNow.performance());
		});
	});
	afterEach(() => {
		jest.restoreAllMocks();
	});
}

/** For one test of such a file: no pause of the nodes ends; calls back when one starts. */
export function holdPauses(onPause: () => void): void {
	replaceSleep(async () => {
		onPause();
		await new Promise<void>(() => {});
	});
}

/** Until the mocks are restored, the nodes pause by this function. */
export function replaceSleep(sleep: typeof n8nWorkflow.sleep): void {
	// n8n-workflow defines it as a getter, which its types do not say.
	jest.spyOn(n8nWorkflow as { sleep: unknown }, 'sleep', 'get').mockReturnValue(sleep);
}
