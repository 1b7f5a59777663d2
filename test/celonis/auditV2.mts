import type { Answer } from './answers.mts';
import { badParameterV2, emptyAnswer, jsonTextAnswer } from './answers.mts';
import type { Behaviour } from './behaviour.mts';
import type { Chains, Position } from './chains.mts';
import type { Clock } from './clock.mts';
import type { AuditLog, LogEntry } from './log.mts';
import { BadParameter, single, wholeNumber, windowFrom } from './parameters.mts';

export const auditV2Path = '/log/api/external/v2/audit';

/** With `emptyPageWithToken`, the pages 0, 3, 6 … of a chain are empty. */
const emptyPageEvery = 3;

/**
 * Version 2: pages by token, over what was visible when the first page was asked for. Events that
 * arrive while a chain is read do not shift it ("more stable pagination", Celonis' changelog).
 */
export function auditV2(log: AuditLog, chains: Chains, clock: Clock, behaviour: Behaviour) {
	const startOrContinue = (query: URLSearchParams): Position => {
		const window = windowFrom(query, behaviour);
		const name = JSON.stringify([query.get('from'), query.get('to')]);
		const token = single(query, 'pageToken');
		if (token === undefined) {
			const records = log.read(window, clock.now(), behaviour.order);
			return { chain: chains.start(name, records), offset: 0, page: 0 };
		}
		const position = chains.position(token);
		if (!position) throw new BadParameter("Parameter 'pageToken' is not valid.");
		if (position.chain.window !== name) {
			throw new BadParameter("Parameter 'pageToken' belongs to another 'from' and 'to'.");
		}
		return position;
	};

	return (query: URLSearchParams): Answer => {
		try {
			const limit = wholeNumber(query, 'limit', {
				min: 1,
				max: behaviour.maxPageSizeV2,
				otherwise: 200,
			});
			const position = startOrContinue(query);
			const { chain, offset, page } = position;
			clock.advance(behaviour.pageTimeMs);

			const leaveEmpty = behaviour.emptyPageWithToken && page % emptyPageEvery === 0;
			const end = leaveEmpty ? offset : Math.min(offset + limit, chain.records.length);
			const more = leaveEmpty || end < chain.records.length;
			if (chain.records.length === 0 && !more && behaviour.v2Empty === '204') {
				return emptyAnswer(204);
			}
			const token = more ? chains.token({ chain, offset: end, page: page + 1 }) : undefined;
			return pageAnswer(chain.records.slice(offset, end), token, behaviour);
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
): Answer {
	const content = `"content":[${records.map((entry) => entry.json).join(',')}]`;
	if (token !== undefined) return jsonTextAnswer(200, `{${content},"nextPageToken":"${token}"}`);
	const ending = {
		absent: '',
		empty: ',"nextPageToken":""',
		null: ',"nextPageToken":null',
	}[lastToken];
	return jsonTextAnswer(200, `{${content}${ending}}`);
}
