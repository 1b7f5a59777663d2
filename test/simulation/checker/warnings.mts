import type { Emission } from '../plan/emissions.mts';
import type { Finding, TeamLog } from './checker.mts';
import { formatContent, parseContent } from './content.mts';

/** A warning that events appear late. */
export interface LatenessWarning {
	readonly team: string;
	/** The server's time. */
	readonly atMs: number;
	readonly processId: string;
	/** How late at least, as the warning says. */
	readonly latenessMs: number;
	readonly lookbackMs: number;
	/** The records of the poll that warned. */
	readonly records: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

const DAY_MS = 86_400_000;

/**
 * What is wrong with warnings: of a lateness that no event of the poll had, of one that is less than half
 * of the lookback, or a second one on the same day.
 */
export function checkWarnings(
	warnings: readonly LatenessWarning[],
	logs: readonly TeamLog[],
): Finding[] {
	return warnings.flatMap((warning, i) => {
		const { team, atMs, processId, latenessMs, lookbackMs } = warning;
		const say = (text: string): Finding => ({ content: `a warning of late events ${text}`, atMs });
		const isSameNode = (other: LatenessWarning) =>
			other.team === team && other.processId === processId;
		const isRepeated = warnings
			.slice(0, i)
			.some((other) => isSameNode(other) && atMs - other.atMs < DAY_MS);
		const trueMs = findLateness(warning, logs);
		return [
			...(latenessMs > trueMs ? [say(`of ${latenessMs} ms, true are ${trueMs} ms`)] : []),
			...(latenessMs <= lookbackMs / 2 ? [say('that are not late')] : []),
			...(isRepeated ? [say('twice a day')] : []),
		];
	});
}

/** How late the latest event of a poll appeared. */
function findLateness({ team, records }: LatenessWarning, logs: readonly TeamLog[]): number {
	const contents = new Set(records.map(formatContent));
	const isDelivered = ({ json }: Emission) => contents.has(formatContent(parseContent(json)));
	const emissions = logs.filter(({ host }) => host === team).flatMap((log) => log.emissions);
	const delivered = emissions.filter(isDelivered);
	return Math.max(
		...delivered.map(({ visibleFromMs, timestampMs }) => visibleFromMs - timestampMs),
	);
}
