import type { Settings } from './plan/settings.mts';

/** An item that a poll handed to the workflow. */
export interface Item {
	readonly eventId: string;
	/** The host of the team. */
	readonly team: string;
	/** The record as Celonis sent it. */
	readonly record: Readonly<Record<string, unknown>>;
}

/** The items of one poll. */
export type Batch = readonly Item[];

/** What happened in n8n, in order: the only input of the checker about n8n. */
export type Entry =
	/** The settings from here on. */
	| { readonly kind: 'settings'; readonly atMs: number; readonly settings: Settings }
	/** The first poll of a team has ended, or the first one after n8n lost all its state of the team. */
	| {
			readonly kind: 'started';
			readonly team: string;
			/** When the poll began and when it ended. */
			readonly fromMs: number;
			readonly toMs: number;
			/** How far n8n's clock was ahead. */
			readonly skewMs: number;
			/** Whether the poll failed and was tolerated: the server's time was not known. */
			readonly isProvisional: boolean;
			/** The process of n8n. */
			readonly processId: string;
	  }
	/** The first poll after a provisional start that has succeeded has ended. */
	| {
			readonly kind: 'confirmed';
			readonly team: string;
			readonly atMs: number;
			readonly processId: string;
	  }
	/** A poll has succeeded. */
	| {
			readonly kind: 'polled';
			readonly team: string;
			/** When it began, and when the poll had begun whose state it started from. */
			readonly atMs: number;
			readonly previousMs: number | undefined;
			/** Whether the process was the same. */
			readonly isSameProcess: boolean;
	  }
	/** n8n's clock was set. */
	| { readonly kind: 'clockSet'; readonly atMs: number }
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
	/** n8n's clock was set back while it was the only one: events may come once more, with the same ids. */
	| { readonly kind: 'setBack'; readonly atMs: number }
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
