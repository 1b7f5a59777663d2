import { jsonParse, type IDataObject } from 'n8n-workflow';
import { TRUNCATION_MARK, truncateText } from './dataPool/truncate';
import {
	describeList,
	hasMore,
	MAX_AGENT_CHARACTERS,
	MAX_AGENT_ITEMS,
	type ListEnd,
	type ListResult,
} from './listResult';

/** Longer texts in the items of an answer are truncated: a single one could fill it. */
const MAX_TEXT_BYTES = 1000;

/**
 * The answer of a tool to an AI agent: n8n hands the model the JSON of the items, and nothing else. What
 * is to be known about them is in the field `note` of an item before them. An answer is never empty,
 * and never too long for a model.
 */
export function createAgentAnswer(result: ListResult): IDataObject[] {
	let isTruncated = false;
	const truncate = (_name: string, value: unknown) => {
		if (typeof value !== 'string') return value;
		const text = truncateText(value, MAX_TEXT_BYTES);
		isTruncated ||= text !== value;
		return text;
	};
	const texts = result.items.map((item) => JSON.stringify(item, truncate));
	const fitting = texts.slice(0, countFitting(texts));
	const items = fitting.map((text) => jsonParse<IDataObject>(text));
	const notes = describeItems(result, items);
	if (isTruncated) {
		notes.push(`Texts of more than ${MAX_TEXT_BYTES} bytes end with '${TRUNCATION_MARK}'.`);
	}
	return notes.length > 0 ? [{ note: notes.join(' ') }, ...items] : items;
}

function describeItems(result: ListResult, items: readonly IDataObject[]): string[] {
	const count = items.length;
	if (count === 0 && result.items.length > 0) {
		return [
			`The first of the ${result.entries} has more than ${MAX_AGENT_CHARACTERS} characters, the most that an AI agent gets. Choose another 'Output' or fewer 'Fields'.`,
		];
	}
	const shown = { ...result, items };
	const isCut = count > 0 && hasMore(shown) !== 'no';
	return [
		...describeList(shown, findEnd(result, count)),
		...(isCut ? [result.continueAfter(count)] : []),
	];
}

function findEnd(result: ListResult, count: number): ListEnd {
	if (count < result.items.length) return 'agentCharacters';
	return count >= MAX_AGENT_ITEMS ? 'agentItems' : 'limit';
}

/** How many JSON texts fit into an answer. */
function countFitting(texts: readonly string[]): number {
	let characters = 0;
	const tooMany = texts.findIndex((text) => {
		characters += text.length;
		return characters > MAX_AGENT_CHARACTERS;
	});
	return tooMany === -1 ? texts.length : tooMany;
}
