/** A way to read the log. */
export interface Candidate {
	readonly id: string;
	readonly name: string;
	readonly kind: 'celonis' | 'httpRequest' | 'bare' | 'bareInN8n' | 'requiredWork';
	readonly api: 'v1' | 'v2';
	/** Maximum number of parallel requests. */
	readonly concurrency: number;
	/** For the Celonis node: the fields of the summary to return; all events by default. */
	readonly fields?: string;
	/** Maximum of the heap, n8n included; the same large one for all by default. */
	readonly heapMegabytes?: number;
	/** For a bare loop: its HTTP client. */
	readonly client?: HttpClient;
}

/** The HTTP client of a bare loop; `n8n` is the request function that n8n gives to nodes. */
export type HttpClient = 'fetch' | 'axios' | 'n8n';

const APIS = ['v2', 'v1'] as const;
const CONCURRENCIES = [1, 4, 8] as const;

/** The default of the nodes. */
export const DEFAULT_CONCURRENCY = 8;
const CLIENTS = { v2: ['fetch', 'axios', 'n8n'], v1: ['fetch', 'n8n'] } as const;

/** All candidates, in the order of the tables. */
export const candidates: readonly Candidate[] = APIS.flatMap((api) => [
	...CONCURRENCIES.map((concurrency) => celonis(api, concurrency)),
	...(api === 'v2' ? [fewFields(), httpRequest()] : []),
	...CLIENTS[api].flatMap((client) =>
		CONCURRENCIES.map((concurrency): Candidate => {
			const by = client === 'n8n' ? "n8n's request function" : client;
			const name = `bare loop (${by}), ${api}, concurrency ${concurrency}`;
			const id = `${client}-${api}-${concurrency}`;
			const kind = client === 'n8n' ? 'bareInN8n' : 'bare';
			return { id, name, kind, api, concurrency, client };
		}),
	),
	...(api === 'v2' ? [requiredWork()] : []),
]);

function celonis(api: Candidate['api'], concurrency: number): Candidate {
	const name = `Celonis node, ${api}, concurrency ${concurrency}`;
	return { id: `celonis-${api}-${concurrency}`, name, kind: 'celonis', api, concurrency };
}

/** The node as it is by default. */
export const DEFAULT_CANDIDATE = celonis('v2', DEFAULT_CONCURRENCY);

/** Shows what a long reading needs: V8 takes all the memory that it may. */
function fewFields(): Candidate {
	return {
		id: 'celonis-v2-fields',
		name: 'Celonis node, v2, concurrency 8, three fields, in a small heap',
		kind: 'celonis',
		api: 'v2',
		concurrency: DEFAULT_CONCURRENCY,
		fields: 'timestamp, event, actor',
		heapMegabytes: 400,
	};
}

/** What no node can do without: n8n's requests, and the event IDs and items of the package. */
function requiredWork(): Candidate {
	return {
		id: 'required-v2-8',
		name: "bare loop (n8n's request function) with event IDs and items, v2, concurrency 8",
		kind: 'requiredWork',
		api: 'v2',
		concurrency: DEFAULT_CONCURRENCY,
		client: 'n8n',
	};
}

function httpRequest(): Candidate {
	const name = 'HTTP Request node + Split Out, v2';
	return { id: 'http-request', name, kind: 'httpRequest', api: 'v2', concurrency: 1 };
}
