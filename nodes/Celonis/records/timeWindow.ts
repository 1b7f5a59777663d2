/** A time window: `fromMs <= timestamp < toMs`, in epoch milliseconds. */
export interface TimeWindow {
	readonly fromMs: number;
	readonly toMs: number;
}

/** A window that may be open at its end: up to now. */
export interface OpenWindow {
	readonly fromMs: number;
	readonly toMs?: number;
}

/** Whether a timestamp is in the window. */
export function contains(window: TimeWindow, timestampMs: number): boolean {
	return window.fromMs <= timestampMs && timestampMs < window.toMs;
}

/** The length of a window in milliseconds. */
export function getLengthMs({ fromMs, toMs }: TimeWindow): number {
	return toMs - fromMs;
}
