import type { Answer } from './answers.mts';
import { badParameterV1, emptyAnswer, jsonTextAnswer } from './answers.mts';
import type { Behaviour } from './behaviour.mts';
import type { Clock } from './clock.mts';
import type { AuditLog } from './log.mts';
import { BadParameter, wholeNumber, windowFrom } from './parameters.mts';

export const auditV1Path = '/log/api/external/audit';

/**
 * Version 1: pages by number over what is visible at this very moment, so that pages shift while
 * events arrive. `totalCount` counts records.
 */
export function auditV1(log: AuditLog, clock: Clock, behaviour: Behaviour) {
	return (query: URLSearchParams): Answer => {
		try {
			const window = windowFrom(query, behaviour);
			const pageNumber = wholeNumber(query, 'pageNumber', {
				min: 0,
				max: 999_999_999,
				otherwise: 0,
			});
			const pageSize = wholeNumber(query, 'pageSize', {
				min: 1,
				max: behaviour.maxPageSizeV1,
				otherwise: 200,
			});
			const records = log.read(window, clock.now(), behaviour.order);
			const page = records.slice(pageNumber * pageSize, (pageNumber + 1) * pageSize);
			clock.advance(behaviour.pageTimeMs);
			if (page.length === 0 && behaviour.v1Empty === '204') return emptyAnswer(204);
			const content = page.map((entry) => entry.json).join(',');
			return jsonTextAnswer(
				200,
				`{"content":[${content}],"pageSize":${pageSize},"pageNumber":${pageNumber},"totalCount":${records.length}}`,
			);
		} catch (error) {
			if (error instanceof BadParameter) return badParameterV1(error.message);
			throw error;
		}
	};
}
