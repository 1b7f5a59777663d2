import type { Settings } from './plan/settings.mts';

/** An item that a poll handed to the workflow. */
export interface Item {
	readonly eventId: string;
	/** The record as Celonis sent it. */
	readonly record: Readonly<Record<string, unknown>>;
}

/** The items of one poll. */
export type Batch = readonly Item[];

/** What happened in n8n, in order: the only input of the checker about n8n. */
export type Entry =
	/** The settings from here on. */
	| { readonly kind: 'settings'; readonly atMs: number; readonly settings: Settings }
	/** The first poll has ended, or the first one after n8n lost all its state. */
	| { readonly kind: 'started'; readonly fromMs: number; readonly toMs: number }
	| {
			readonly kind: 'delivered';
			readonly atMs: number;
			readonly settings: Settings;
			readonly batch: Batch;
	  }
	/** A batch that a crash lost, and that the node cannot recover. */
	| { readonly kind: 'mayBeLost'; readonly batch: Batch }
	/** A batch that may come once more: Repeat Last Batch is on, or n8n crashed before it saved its state. */
	| { readonly kind: 'mayRepeat'; readonly batch: Batch }
	/** A violation of the promise that shows without comparing events. */
	| { readonly kind: 'violation'; readonly atMs: number; readonly problem: string }
	| { readonly kind: 'end'; readonly atMs: number };

/** Records a run for the checker. */
export class History {
	readonly entries: Entry[] = [];

	record(entry: Entry): void {
		this.entries.push(entry);
	}
}
