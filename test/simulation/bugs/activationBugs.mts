import type { Bug } from '../runSeed.mts';
import { replaceMethods } from './portChanges.mts';

/** A failure of the first poll always refuses the activation. */
export const activationFailureRefuses: Bug = (factory) => ({
	...factory,
	tolerates: () => false,
});

/** Scheduled polls hide their failures too. */
export const failuresHidden: Bug = (factory) => ({ ...factory, tolerates: () => true });

/** A first poll that fails does not set the start. */
export const startForgottenAfterFailure: Bug = (factory) => ({
	...factory,
	createStore: (options, mode) =>
		replaceMethods(factory.createStore(options, mode), { startNow: () => {} }),
});
