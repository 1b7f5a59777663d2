/** What is undocumented about Data Push; a client must handle every setting. */
export interface PushBehaviour {
	/** Published: 1 GB. */
	maxChunkBytes: number;
	/** Published: 10 submissions per second and 250 per hour, counted from the full hour. */
	submitsPerSecond: number;
	submitsPerHour: number;
	/** How long a job waits, and how long it then runs, by the simulator's clock. */
	queueMs: number;
	runMs: number;
	/** How far the clock advances with every request for a job: time passes without waiting. */
	pollTimeMs: number;
	/** Two rows of one job with the same keys: both stay, the later one counts, or the job fails. */
	repeatedKeys: 'keep' | 'last' | 'error';
	/** A column that the table does not have yet, in a DELTA job. */
	newColumns: 'error' | 'add';
	/** A text beyond its column's length, which counts bytes. */
	longTexts: 'error' | 'truncate';
	/** An empty field of a text column; `quotedText` distinguishes `""` from nothing. */
	emptyFields: 'null' | 'text' | 'quotedText';
	/** Length of a text column where neither the column nor the job defines one. */
	fallbackLength: number;
	/** The older and the newer prefix of the path: both are published. */
	base: 'both' | 'integration' | 'data-ingestion';
}

export const defaultPushBehaviour: Readonly<PushBehaviour> = {
	maxChunkBytes: 1_000_000_000,
	submitsPerSecond: 10,
	submitsPerHour: 250,
	queueMs: 200,
	runMs: 300,
	pollTimeMs: 0,
	repeatedKeys: 'keep',
	newColumns: 'error',
	longTexts: 'error',
	emptyFields: 'null',
	fallbackLength: 80,
	base: 'both',
};
