/** The parts of a reading's work, in the order of the table. */
export const GROUPS = {
	transport: 'sockets, HTTP and streams of Node.js',
	n8n: 'n8n, axios and other libraries',
	parsing: 'decoding, `JSON.parse`, and the check for numbers that JavaScript does not keep',
	eventIds: 'event IDs: the canonical form of each event, and its SHA-256',
	items: 'times, actors, categories and items',
	reading: 'slices, pages, retries and limits',
	garbage: 'garbage collection',
	other: 'anything else',
} as const;

export type Group = keyof typeof GROUPS;

/** A function in a CPU profile. */
export interface CallFrame {
	readonly functionName: string;
	readonly url: string;
}

const OWN_CODE = /n8n-nodes-celonis\/dist\/nodes\/Celonis\/(.*)$/;

/** By the path in `nodes/Celonis`; the first one that matches counts. */
const OWN_GROUPS: ReadonlyArray<readonly [RegExp, Group]> = [
	[/^http\/(?:body|parseJson)\./, 'parsing'],
	[/^records\/(?:canonical|decimal|duplicateOrder|eventId)/, 'eventIds'],
	[/^(?:http|reading)\//, 'reading'],
	[/^(?:delivery|trigger)\//, 'reading'],
	[/./, 'items'],
];

/** Modules of Node.js that work for whoever calls them. */
const SERVANTS = /^node:(?:buffer|internal\/(?:buffer|crypto|util|validators|errors))/;

/** The group of a function; `undefined` if its time counts for its caller. */
export function getGroup({ functionName, url }: CallFrame): Group | undefined {
	if (functionName === '(garbage collector)') return 'garbage';
	const [, own] = OWN_CODE.exec(url) ?? [];
	if (own !== undefined) return OWN_GROUPS.find(([pattern]) => pattern.test(own))?.[1];
	if (url === '' || SERVANTS.test(url)) return undefined;
	if (url.startsWith('node:')) return 'transport';
	return url.includes('/node_modules/') ? 'n8n' : 'other';
}
