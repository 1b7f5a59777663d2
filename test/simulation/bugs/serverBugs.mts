import { isCelonisError } from '../../../nodes/Celonis/errors/celonisError';
import type { Bug } from '../runSeed.mts';
import { changePages, endAtErrors, wrapSend } from './portChanges.mts';

/** The end is where `totalCount` records would be, although it may count pages. */
export const endAtCountedPages: Bug = (factory) =>
	wrapSend(factory, (send) => async (path, query, options) => {
		const response = await send(path, query, options);
		const body = Object(response.body) as { content?: unknown[]; totalCount?: unknown };
		const before = Number(query.pageNumber) * Number(query.pageSize);
		const isPastEnd = before > 0 && before >= Number(body.totalCount);
		return isPastEnd ? { ...response, body: { ...body, content: [] } } : response;
	});

/** A page token that has expired ends the log. */
export const expiredTokenIsEnd: Bug = (factory) =>
	endAtErrors(factory, (error) => isCelonisError(error) && error.details.status === 400);

/** A page with fewer records than were requested is the last one. */
export const shortPageIsEnd: Bug = (factory) =>
	changePages(factory, (page) => {
		const { length } = page.records;
		return length > 0 && length < page.pageSize ? { ...page, isLast: true } : page;
	});

/** Records beyond the page size that was requested are dropped. */
export const surplusDropped: Bug = (factory) =>
	changePages(factory, (page) => ({ ...page, records: page.records.slice(0, page.pageSize) }));

/** In whole seconds, a window ends too early. */
export const toDateRoundedDown: Bug = (factory) =>
	wrapSend(
		factory,
		(send) => async (path, query, options) =>
			await send(path, { ...query, ...roundDown(query.to) }, options),
	);

function roundDown(to: unknown): { to?: string } {
	if (typeof to !== 'string' || to.endsWith('Z')) return {};
	return { to: new Date(Date.parse(`${to}Z`) - 1000).toISOString().slice(0, 19) };
}

/** Seconds since 1970 are taken for milliseconds. */
export const secondsAreMilliseconds: Bug = (factory) =>
	changePages(factory, (page) => ({
		...page,
		records: page.records.map((record) => {
			const { timestamp } = Object(record) as { timestamp?: unknown };
			const isSeconds = typeof timestamp === 'number' && timestamp < 1e11;
			return isSeconds ? { ...Object(record), timestamp: Math.floor(timestamp) * 100 } : record;
		}),
	}));
