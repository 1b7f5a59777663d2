import type { Bug } from '../runSeed.mts';
import { replaceMethods } from './portChanges.mts';

/** What other filters excluded before counts as late. */
export const excludedEventsAreLate: Bug = (factory) => ({
	...factory,
	createStore: (options, mode) =>
		replaceMethods(factory.createStore(options, mode), { getSettingsSince: () => -Infinity }),
});

/** Each poll warns, not one a day. */
export const warningAtEachPoll: Bug = (factory) => ({
	...factory,
	createStore: (options, mode) =>
		replaceMethods(factory.createStore(options, mode), { takeWarning: () => true }),
});

/** Lateness is the age of an event when it is delivered: also that of a backlog. */
export const deliveryIsAppearance: Bug = (factory, { serverNow }) => ({
	...factory,
	complete: (ports) => ({
		...ports,
		deliver: async (fetched) => {
			const agesMs = fetched.events.map(({ timestampMs }) => serverNow() - timestampMs);
			const latenessMs = Math.max(0, ...agesMs);
			const isLate = latenessMs > ports.rules.lookbackMs / 2;
			return await ports.deliver(isLate ? { ...fetched, latenessMs } : fetched);
		},
	}),
});
