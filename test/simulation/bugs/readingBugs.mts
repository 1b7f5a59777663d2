import type { Query } from '../../../nodes/Celonis/http/request';
import type { Bug } from '../runSeed.mts';
import { changePages, endAtErrors, wrapPaginator, wrapSend } from './portChanges.mts';

/** Only the first page of a window is read. */
export const firstPageOnly: Bug = (factory) =>
	wrapPaginator(
		factory,
		(paginate) =>
			async function* (request) {
				for await (const page of paginate(request)) {
					yield { ...page, isLast: true };
					return;
				}
			},
	);

/** An empty page counts as the last one even if it names a next page. */
export const emptyPageIsTheEnd: Bug = (factory) =>
	changePages(factory, (page) => (page.records.length === 0 ? { ...page, isLast: true } : page));

/** The pages before an error count as the whole window. */
export const partialWindowIsComplete: Bug = (factory) => endAtErrors(factory, () => true);

/** The server is expected to count its lower bound in. */
export const lowerBoundTrusted: Bug = (factory) =>
	wrapSend(
		factory,
		(send) => async (path, query, options) =>
			await send(path, { ...query, ...addMillisecond(query) }, options),
	);

function addMillisecond({ from }: Query): Query {
	return from === undefined ? {} : { from: new Date(Date.parse(String(from)) + 1).toISOString() };
}
