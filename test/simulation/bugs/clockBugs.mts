import type { Bug } from '../runSeed.mts';
import { changePages } from './portChanges.mts';

/** "Now" is the time of n8n's clock. */
export const hostClock: Bug = (factory, { hostNow }) =>
	changePages(factory, (page) => ({
		...page,
		clocks: { serverMs: hostNow(), machineMs: hostNow(), durationMs: 0 },
	}));

/** "Now" is the time of the response, not the time at which the server read the log. */
export const nowWithoutDuration: Bug = (factory) =>
	changePages(factory, (page) => {
		const { serverMs, machineMs, durationMs } = page.clocks;
		const clocks = { serverMs, machineMs: machineMs + durationMs, durationMs: 0 };
		return { ...page, clocks };
	});

/** Whatever a `Date` header says is believed. */
export const dateBelieved: Bug = (factory) =>
	changePages(factory, (page) => {
		const { serverMs, machineMs } = page.clocks;
		return { ...page, clocks: { ...page.clocks, machineMs: serverMs ?? machineMs } };
	});

/** The server's clock is expected never to be set back. */
export const setBackIgnored: Bug = (factory) => {
	let latestMs = -Infinity;
	return changePages(factory, (page) => {
		const { serverMs } = page.clocks;
		if (serverMs === undefined) return page;
		latestMs = Math.max(latestMs, serverMs);
		return { ...page, clocks: { ...page.clocks, serverMs: latestMs } };
	});
};
