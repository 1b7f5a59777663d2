import { durableEngine, inMemoryEngine } from '../e2e/support/engines.mts';

/** The settings of an n8n with one trigger, and its guarantee. */
export interface Configuration {
	readonly name: string;
	readonly settings: Record<string, string>;
	readonly repeatLastBatch: boolean;
	/** Whether no event may be lost in a crash. */
	readonly losesNothing: boolean;
}

export const configurations: readonly Configuration[] = [
	{
		name: 'in memory, Repeat Last Batch off',
		settings: inMemoryEngine,
		repeatLastBatch: false,
		losesNothing: false,
	},
	{
		name: 'in memory, Repeat Last Batch on',
		settings: inMemoryEngine,
		repeatLastBatch: true,
		losesNothing: true,
	},
	{
		name: 'durable scheduler',
		settings: durableEngine,
		repeatLastBatch: false,
		losesNothing: true,
	},
];
