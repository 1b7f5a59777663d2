import { durableEngine, inMemoryEngine } from '../e2e/support/engines.mts';

/** An n8n with one trigger, and what is promised of it. */
export interface Configuration {
	readonly name: string;
	readonly settings: Record<string, string>;
	readonly repeatLastBatch: boolean;
	/** A crash must not cost an event. */
	readonly keepsAll: boolean;
}

export const configurations: readonly Configuration[] = [
	{
		name: 'in memory, Repeat Last Batch off',
		settings: inMemoryEngine,
		repeatLastBatch: false,
		keepsAll: false,
	},
	{
		name: 'in memory, Repeat Last Batch on',
		settings: inMemoryEngine,
		repeatLastBatch: true,
		keepsAll: true,
	},
	{
		name: 'durable scheduler',
		settings: durableEngine,
		repeatLastBatch: false,
		keepsAll: true,
	},
];
