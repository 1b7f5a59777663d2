import type { Settings } from './plan/settings.mts';

/** An item that a poll handed to the workflow. */
export interface Item {
	readonly eventId: string;
	/** The record as Celonis sent it. */
	readonly record: Readonly<Record<string, unknown>>;
}

/** What one poll hands over. */
export type Batch = readonly Item[];

/** What really happened, in order: all that the oracle gets to know about n8n. */
export type Entry =
	/** The settings in force from here on. */
	| { readonly kind: 'settings'; readonly atMs: number; readonly settings: Settings }
	/** The first poll was over; whatever was kept of an earlier one is gone. */
	| { readonly kind: 'started'; readonly fromMs: number; readonly toMs: number }
	| {
			readonly kind: 'delivered';
			readonly atMs: number;
			readonly settings: Settings;
			readonly batch: Batch;
	  }
	/** What a crash has cost beyond the node's reach. */
	| { readonly kind: 'mayBeLost'; readonly batch: Batch }
	/** What is to come once more: by the user's wish, or since n8n forgot that it came. */
	| { readonly kind: 'mayRepeat'; readonly batch: Batch }
	/** Something went wrong that can be told without comparing events. */
	| { readonly kind: 'broken'; readonly atMs: number; readonly problem: string }
	| { readonly kind: 'end'; readonly atMs: number };

/** Notes of a run. */
export class History {
	readonly entries: Entry[] = [];

	record(entry: Entry): void {
		this.entries.push(entry);
	}
}
