import type { SimulatedResponse } from './responses.mts';
import { badParameterV2, emptyResponse, jsonTextResponse } from './responses.mts';
import type { Behaviour } from './behaviour.mts';
import type { PageTokens, Position } from './pageTokens.mts';
import type { Clock } from './clock.mts';
import type { AuditLog, LogEntry } from './log.mts';
import { BadParameter, single, wholeNumber, parseWindow } from './parameters.mts';

export const auditV2Path = '/log/api/external/v2/audit';

/** With `emptyPageWithToken`, the pages 0, 3, 6 … of a chain are empty. */
const emptyPageEvery = 3;

/**
 * Version 2: pages by token, over what was visible when the first page was asked for. Events that
 * arrive while a chain is read do not shift it ("more stable pagination", Celonis' changelog).
 */
export function auditV2(log: AuditLog, chains: PageTokens, clock: Clock, behaviour: Behaviour) {
	const startOrContinue = (query: URLSearchParams): Position => {
		const window = parseWindow(query, behaviour);
		const name = JSON.stringify([query.get('from'), query.get('to')]);
		const token = single(query, 'pageToken');
		if (token === undefined) {
			const records = log.read(window, clock.now(), behaviour.order);
			return { sequence: chains.start(name, records), offset: 0, page: 0 };
		}
		const position = chains.position(token);
		if (!position) throw new BadParameter("Parameter 'pageToken' is not valid.");
		if (position.sequence.window !== name) {
			throw new BadParameter("Parameter 'pageToken' belongs to another 'from' and 'to'.");
		}
		return position;
	};

	return (query: URLSearchParams): SimulatedResponse => {
		try {
			const limit = wholeNumber(query, 'limit', {
				min: 1,
				max: behaviour.maxPageSizeV2,
				otherwise: 200,
			});
			const position = startOrContinue(query);
			const { sequence, offset, page } = position;
			clock.advance(behaviour.pageTimeMs);

			const leaveEmpty = behaviour.emptyPageWithToken && page % emptyPageEvery === 0;
			const end = leaveEmpty ? offset : Math.min(offset + limit, sequence.records.length);
			const more = leaveEmpty || end < sequence.records.length;
			if (sequence.records.length === 0 && !more && behaviour.v2Empty === '204') {
				return emptyResponse(204);
			}
			const token = more ? chains.token({ sequence, offset: end, page: page + 1 }) : undefined;
			return pageAnswer(sequence.records.slice(offset, end), token, behaviour);
		} catch (error) {
			if (error instanceof BadParameter) return badParameterV2(error.message);
			throw error;
		}
	};
}

function pageAnswer(
	records: readonly LogEntry[],
	token: string | undefined,
	{ lastToken }: Behaviour,
): SimulatedResponse {
	const content = `"content":[${records.map((entry) => entry.json).join(',')}]`;
	if (token !== undefined) return jsonTextResponse(200, `{${content},"nextPageToken":"${token}"}`);
	const ending = {
		absent: '',
		empty: ',"nextPageToken":""',
		null: ',"nextPageToken":null',
	}[lastToken];
	return jsonTextResponse(200, `{${content}${ending}}`);
}
