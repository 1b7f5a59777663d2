import { CelonisFault } from '../errors/celonisError';

/** What one chain of pages may be. More would not fit into n8n's memory, or is no log at all. */
export interface ReadLimits {
	readonly pages: number;
	readonly records: number;
	/** Pages without a record, one after the other. */
	readonly emptyPages: number;
}

export const READ_LIMITS: ReadLimits = { pages: 20_000, records: 1_000_000, emptyPages: 300 };

/** To be told of each page's records; the fault `endless` where that is more than allowed. */
export function createPageCounter(limits: ReadLimits): (records: number) => void {
	let pages = 0;
	let records = 0;
	let emptyPages = 0;
	return (found) => {
		pages++;
		records += found;
		emptyPages = found === 0 ? emptyPages + 1 : 0;
		if (emptyPages > limits.emptyPages) throw endless(`${emptyPages} empty pages`);
		if (records > limits.records) throw endless(`${records} events`);
		if (pages > limits.pages) throw endless(`${pages} pages`);
	};
}

const endless = (limit: string) => new CelonisFault({ kind: 'endless', limit });
