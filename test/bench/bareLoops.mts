import { auditV1Path, auditV2Path } from '../celonis/auditPaths.mts';
import type { GetText } from './httpClients.mts';
import type { LogWindow } from './job.mts';

type Records = unknown[];

/** Makes what is returned of a slice from the records of its pages. */
export type Collect = () => {
	readonly add: (records: Records) => void;
	readonly finish: () => Records;
};

type Span = Pick<LogWindow, 'fromMs' | 'toMs'>;

const PAGE_SIZE_V1 = 200;
const PAGE_SIZE_V2 = 500;

/** So that all workers end at about the same time. */
const SLICES_PER_WORKER = 3;

/** Holds the records. */
const collectRecords: Collect = () => {
	const all: Records = [];
	return {
		add: (records) => {
			for (const record of records) all.push(record);
		},
		finish: () => all,
	};
};

/**
 * The minimum work to read a window: request the pages, `JSON.parse` each, and by default hold the
 * records. The log is evenly dense, so that equal slices of time are ideal.
 */
export async function readWindow(
	get: GetText,
	api: 'v1' | 'v2',
	window: LogWindow,
	concurrency: number,
	collect = collectRecords,
): Promise<Records> {
	if (api === 'v1') return await readV1(get, window, concurrency);
	if (concurrency === 1) return await readV2Pages(get, window, collect);
	return await runPool(splitWindow(window, SLICES_PER_WORKER * concurrency), concurrency, (slice) =>
		readV2Pages(get, slice, collect),
	);
}

/** The texts of all pages. */
export async function readTexts(get: GetText, window: LogWindow): Promise<string[]> {
	const texts: string[] = [];
	await readV2Pages(async (pathAndQuery) => {
		const text = await get(pathAndQuery);
		texts.push(text);
		return text;
	}, window);
	return texts;
}

/** The records of a page's text. */
export function parseRecords(text: string): Records {
	return (JSON.parse(text) as { content: Records }).content;
}

async function readV2Pages(get: GetText, span: Span, collect = collectRecords): Promise<Records> {
	const { add, finish } = collect();
	const query = `${auditV2Path}?limit=${PAGE_SIZE_V2}&${buildSpanQuery(span)}`;
	let token: string | undefined;
	do {
		const text = await get(token === undefined ? query : `${query}&pageToken=${token}`);
		const page = JSON.parse(text) as { content: Records; nextPageToken?: string };
		add(page.content);
		token = page.nextPageToken;
	} while (token !== undefined);
	return finish();
}

async function readV1(get: GetText, span: Span, concurrency: number): Promise<Records> {
	const readPage = async (pageNumber: number) => {
		const query = `pageNumber=${pageNumber}&pageSize=${PAGE_SIZE_V1}&${buildSpanQuery(span)}`;
		const text = await get(`${auditV1Path}?${query}`);
		return JSON.parse(text) as { content: Records; totalCount: number };
	};
	const { content, totalCount } = await readPage(0);
	const others = Array.from({ length: Math.ceil(totalCount / PAGE_SIZE_V1) - 1 }, (_, i) => i + 1);
	const rest = await runPool(others, concurrency, async (pageNumber) => {
		return (await readPage(pageNumber)).content;
	});
	return content.concat(rest);
}

async function runPool<T>(
	tasks: readonly T[],
	workers: number,
	work: (task: T) => Promise<Records>,
): Promise<Records> {
	const waiting = [...tasks];
	const records: Records = [];
	const worker = async () => {
		for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
			for (const record of await work(task)) records.push(record);
		}
	};
	await Promise.all(Array.from({ length: workers }, worker));
	return records;
}

function splitWindow({ fromMs, toMs }: Span, count: number): Span[] {
	const border = (index: number) => Math.round(fromMs + ((toMs - fromMs) * index) / count);
	return Array.from({ length: count }, (_, i) => ({ fromMs: border(i), toMs: border(i + 1) }));
}

/** The server includes both ends of a window. */
function buildSpanQuery({ fromMs, toMs }: Span): string {
	return `from=${new Date(fromMs).toISOString()}&to=${new Date(toMs - 1).toISOString()}`;
}
