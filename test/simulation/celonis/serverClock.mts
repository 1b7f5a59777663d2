import type { Random } from '../../celonis/random.mts';
import { tokenPath } from '../../celonis/tokenEndpoint.mts';
import type { DateAnomaly, SetBack } from '../plan/anomalies.mts';

/** The clock of Celonis' servers, as the `Date` header of their responses shows it. */
export interface ServerClock {
	/** The header of the next response, at a true time in epoch milliseconds; '' for none. */
	formatDate(path: string, trueMs: number): string;
}

/** Creates the clock of a run. Which headers are wrong is drawn for each of them. */
export function createServerClock(
	{ date, setBack }: { readonly date?: DateAnomaly; readonly setBack?: SetBack },
	random: Random,
): ServerClock {
	let responses = 0;
	const isAffected = ({ affects }: DateAnomaly): boolean => {
		if (affects === 'first') return responses === 1;
		return 'every' in affects ? responses % affects.every === 0 : random.chance(affects.share);
	};
	return {
		formatDate: (path, trueMs) => {
			const isSetBack = setBack !== undefined && trueMs >= setBack.atMs;
			const serverMs = isSetBack ? trueMs - setBack.byMs : trueMs;
			if (path === tokenPath) return toHttpDate(serverMs);
			responses++;
			return date && isAffected(date) ? formatWrongDate(date, serverMs) : toHttpDate(serverMs);
		},
	};
}

/** Node.js joins two headers of a name with a comma. */
function formatWrongDate({ form, offsetMs }: DateAnomaly, serverMs: number): string {
	const shifted = toHttpDate(serverMs + offsetMs);
	switch (form) {
		case 'shifted':
			return shifted;
		case 'missing':
			return '';
		case 'doubled':
			return `${toHttpDate(serverMs)}, ${shifted}`;
		case 'invalid':
			return new Date(serverMs).toISOString();
	}
}

const toHttpDate = (ms: number): string => new Date(ms).toUTCString();
