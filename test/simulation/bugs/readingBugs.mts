import type { LogPage, Paginator } from '../../../nodes/Celonis/reading/paginator';
import type { Query, SendRequest } from '../../../nodes/Celonis/http/request';
import type { PortFactory } from '../n8n/ports.mts';
import type { Bug } from '../runSeed.mts';

/** "Now" is the time of n8n's clock. */
export const hostClock: Bug = (factory, { hostNow }) =>
	changePages(factory, (page) => ({ ...page, serverTimeMs: hostNow(), readSinceMs: hostNow() }));

/** "Now" is the time of the response, not the time at which the server read the log. */
export const nowWithoutDuration: Bug = (factory) =>
	changePages(factory, (page) => ({ ...page, readSinceMs: page.serverTimeMs }));

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
export const partialWindowIsComplete: Bug = (factory) =>
	wrapPaginator(
		factory,
		(paginate) =>
			async function* (request) {
				let last: LogPage | undefined;
				try {
					for await (const page of paginate(request)) yield (last = page);
				} catch (error) {
					if (!last) throw error;
					yield { ...last, records: [], isLast: true };
				}
			},
	);

/** Page shifts of version 1 are not detected. */
export const shiftUnnoticed: Bug = (factory) =>
	wrapSend(factory, (send) => async (path, query) => {
		const response = await send(path, query);
		const body = response.body as Record<string, unknown> | '';
		return body === '' ? response : { ...response, body: { ...body, totalCount: undefined } };
	});

/** The server is expected to count its lower bound in. */
export const lowerBoundTrusted: Bug = (factory) =>
	wrapSend(
		factory,
		(send) => async (path, query) => await send(path, { ...query, ...addMillisecond(query) }),
	);

function addMillisecond({ from }: Query): Query {
	return from === undefined ? {} : { from: new Date(Date.parse(String(from)) + 1).toISOString() };
}

function changePages(factory: PortFactory, change: (page: LogPage) => LogPage): PortFactory {
	return wrapPaginator(
		factory,
		(paginate) =>
			async function* (request) {
				for await (const page of paginate(request)) {
					const changed = change(page);
					yield changed;
					if (changed.isLast) return;
				}
			},
	);
}

function wrapPaginator(
	factory: PortFactory,
	wrap: (paginate: Paginator) => Paginator,
): PortFactory {
	return {
		...factory,
		createPaginator: (...request) => wrap(factory.createPaginator(...request)),
	};
}

function wrapSend(factory: PortFactory, wrap: (send: SendRequest) => SendRequest): PortFactory {
	return {
		...factory,
		createPaginator: (sourceName, settings, connection) =>
			factory.createPaginator(sourceName, settings, {
				...connection,
				send: wrap(connection.send),
			}),
	};
}
