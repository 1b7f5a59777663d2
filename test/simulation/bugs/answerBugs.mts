import type { Bug } from '../runSeed.mts';
import { changeBodies, changePages } from './portChanges.mts';

/** JSON without a list of records is an empty log. */
export const emptyAnswerBelieved: Bug = (factory) =>
	changeBodies(factory, (body) => (Array.isArray(body.content) ? body : { content: [] }));

/** A page token that is no text ends the log. */
export const oddTokenIsEnd: Bug = (factory) =>
	changeBodies(factory, (body) => {
		const { nextPageToken, ...rest } = body;
		return typeof nextPageToken === 'string' ? body : rest;
	});

/** Page shifts of version 1 are not detected. */
export const shiftUnnoticed: Bug = (factory) =>
	changeBodies(factory, (body) => ({ ...body, totalCount: undefined }));

/** Records that cannot be read are skipped. */
export const unreadableSkipped: Bug = (factory) =>
	changePages(factory, (page) => ({
		...page,
		records: page.records.filter((record) => {
			const { timestamp } = Object(record) as { timestamp?: unknown };
			return typeof timestamp === 'string' && !Number.isNaN(Date.parse(timestamp));
		}),
	}));
