/** A span of the log: `fromMs <= timestamp < toMs`, in epoch milliseconds. */
export interface TimeWindow {
	readonly fromMs: number;
	readonly toMs: number;
}

/** Whether a moment lies in the window. */
export function contains(window: TimeWindow, timestampMs: number): boolean {
	return window.fromMs <= timestampMs && timestampMs < window.toMs;
}
