import type { Findings } from './findings.mts';
import type { Listing, LogReader, ProbeWindow, ReadRecord } from './logReader.mts';

/** The examination of one list. */
export interface Examination {
	readonly reader: LogReader;
	readonly findings: Findings;
	/** Notes what is examined, for the progress. */
	readonly step: (text: string) => void;
}

/** Records of a list that are known to be in a window. */
export interface Sample {
	readonly window: ProbeWindow;
	readonly listing: Listing;
	/** The records with a time that is exact to the millisecond, oldest first. */
	readonly dated: readonly ReadRecord[];
}

/** What has been read of a list before its behaviour is examined. */
export interface Base {
	readonly window: ProbeWindow;
	readonly listing: Listing;
	/** The largest page size that is taken. */
	readonly size: number | undefined;
}

export const DAY_MS = 86_400_000;

/** No team existed then. */
const NOTHING_MS = Date.UTC(2001, 0, 1);
export const EMPTY_WINDOW: ProbeWindow = { fromMs: NOTHING_MS, toMs: NOTHING_MS + DAY_MS };

/** The fact of the list that is examined. */
export const getFactId = ({ reader }: Examination, name: string): string =>
	`${reader.api.name}.${name}`;
