import type { LogPage, Paginator } from '../../../nodes/Celonis/reading/paginator';
import type { Query, SendRequest } from '../../../nodes/Celonis/http/request';
import type { NodeParts } from '../n8n/node.mts';
import type { Bug } from '../runSeed.mts';

/** "Now" is what n8n's clock says. */
export const hostClock: Bug = (parts, { hostNow }) =>
	withPage(parts, (page) => ({ ...page, serverTimeMs: hostNow(), readSinceMs: hostNow() }));

/** "Now" is when the answer was sent, not when the log was read for it. */
export const nowWithoutDuration: Bug = (parts) =>
	withPage(parts, (page) => ({ ...page, readSinceMs: page.serverTimeMs }));

/** Only the first page of a window is read. */
export const firstPageOnly: Bug = (parts) =>
	withPages(
		parts,
		(pages) =>
			async function* (request) {
				for await (const page of pages(request)) {
					yield { ...page, isLast: true };
					return;
				}
			},
	);

/** An empty page is taken for the end, though it names a next one. */
export const emptyPageIsTheEnd: Bug = (parts) =>
	withPage(parts, (page) => (page.records.length === 0 ? { ...page, isLast: true } : page));

/** Pages that were read before a fault are taken for the whole of their window. */
export const brokenChainIsComplete: Bug = (parts) =>
	withPages(
		parts,
		(pages) =>
			async function* (request) {
				let last: LogPage | undefined;
				try {
					for await (const page of pages(request)) yield (last = page);
				} catch (error) {
					if (!last) throw error;
					yield { ...last, records: [], isLast: true };
				}
			},
	);

/** Nobody looks whether version 1's pages have shifted while they were read. */
export const shiftUnnoticed: Bug = (parts) =>
	withSend(parts, (send) => async (path, query) => {
		const answer = await send(path, query);
		const body = answer.body as Record<string, unknown> | '';
		return body === '' ? answer : { ...answer, body: { ...body, totalCount: undefined } };
	});

/** The server is expected to count its lower bound in. */
export const lowerBoundTrusted: Bug = (parts) =>
	withSend(
		parts,
		(send) => async (path, query) => await send(path, { ...query, ...oneLater(query) }),
	);

function oneLater({ from }: Query): Query {
	return from === undefined ? {} : { from: new Date(Date.parse(String(from)) + 1).toISOString() };
}

function withPage(parts: NodeParts, change: (page: LogPage) => LogPage): NodeParts {
	return withPages(
		parts,
		(pages) =>
			async function* (request) {
				for await (const page of pages(request)) {
					const changed = change(page);
					yield changed;
					if (changed.isLast) return;
				}
			},
	);
}

function withPages(parts: NodeParts, wrap: (pages: Paginator) => Paginator): NodeParts {
	return {
		...parts,
		createPages: (source, settings, send) => wrap(parts.createPages(source, settings, send)),
	};
}

function withSend(parts: NodeParts, wrap: (send: SendRequest) => SendRequest): NodeParts {
	return {
		...parts,
		createPages: (source, settings, send) => parts.createPages(source, settings, wrap(send)),
	};
}
