import type { Outcome } from '../../../output/entities';
import { trimText } from '../../../records/text';
import type { EventClassification } from './classification';
import { toJsonObject } from './jsonText';
import { getFirstText } from './message';

/** The status of a record. The message of a run may be the status itself. */
export function parseStatus(message: unknown, { isRun }: EventClassification): string | undefined {
	const fields = toJsonObject(message);
	if (fields) return getFirstText(fields, ['status']);
	return isRun ? trimText(message) : undefined;
}

/**
 * The outcome that the record states; a failure takes precedence. Otherwise a documented event is a
 * success, because Celonis logs it when it is done. Nothing is known about other events, nor about a
 * run with any other status.
 */
export function parseOutcome(
	eventName: string,
	{ isRun, isDocumented }: EventClassification,
	status = '',
): Outcome {
	const normalized = status.slice(0, 20).toUpperCase();
	if (/^(FAIL|ERROR)/.test(normalized) || eventName.endsWith('_FAILED')) return 'failure';
	if (normalized.startsWith('SUCCE') || eventName.endsWith('_SUCCEEDED')) return 'success';
	const isUnfinished = isRun && normalized !== '';
	return isDocumented && !isUnfinished ? 'success' : 'unknown';
}
