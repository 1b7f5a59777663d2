/** Who reads the log, and how. */
export interface Candidate {
	readonly id: string;
	readonly name: string;
	readonly kind: 'celonis' | 'httpRequest' | 'bare' | 'bareInN8n';
	readonly api: 'v1' | 'v2';
	/** Requests that may be under way at once. */
	readonly concurrency: number;
	/** Of a bare loop: what sends its requests. */
	readonly client?: HttpClient;
}

/** What a bare loop sends its requests with; `n8n`: with the request function that n8n gives to nodes. */
export type HttpClient = 'fetch' | 'axios' | 'n8n';

const APIS = ['v2', 'v1'] as const;
const CONCURRENCIES = [1, 4, 8] as const;
const CLIENTS = { v2: ['fetch', 'axios', 'n8n'], v1: ['fetch', 'n8n'] } as const;

/** Everyone, in the order of the tables. */
export const candidates: readonly Candidate[] = APIS.flatMap((api) => [
	...CONCURRENCIES.map((concurrency): Candidate => {
		const name = `Celonis node, ${api}, concurrency ${concurrency}`;
		return { id: `celonis-${api}-${concurrency}`, name, kind: 'celonis', api, concurrency };
	}),
	...(api === 'v2' ? [httpRequest()] : []),
	...CLIENTS[api].flatMap((client) =>
		CONCURRENCIES.map((concurrency): Candidate => {
			const by = client === 'n8n' ? "n8n's request function" : client;
			const name = `bare loop (${by}), ${api}, concurrency ${concurrency}`;
			const id = `${client}-${api}-${concurrency}`;
			const kind = client === 'n8n' ? 'bareInN8n' : 'bare';
			return { id, name, kind, api, concurrency, client };
		}),
	),
]);

function httpRequest(): Candidate {
	const name = 'HTTP Request node + Split Out, v2';
	return { id: 'http-request', name, kind: 'httpRequest', api: 'v2', concurrency: 1 };
}
