import type { IDataObject } from 'n8n-workflow';

/** What a list operation has found for an input item. */
export interface ListResult {
	/** Its entries, as a plural, such as `audit events`. */
	readonly entries: string;
	/** What was searched, such as `of acme.eu-1.celonis.cloud from … to …`. */
	readonly scope: string;
	readonly items: readonly IDataObject[];
	/** How many entries were read. */
	readonly read: number;
	/** How many of them passed the filters. */
	readonly passed: number;
	/** Whether all entries were read; otherwise reading ended at the limit. */
	readonly isComplete: boolean;
	/** The filters and their values, as `describeFilters` shows them; empty without any. */
	readonly filters: string;
	/** Why there may be nothing although something happened, in a sentence. */
	readonly emptyHint?: string;
	/** What else may look wrong with the items, in sentences. */
	readonly remarks?: readonly string[];
	/** How to get the entries after so many of them, in sentences. */
	continueAfter(count: number): string;
}

/** Why a list ends before there are no more entries. */
export type ListEnd = 'limit' | 'agentItems' | 'agentCharacters';

/** The most items that an AI agent gets at once: a model's context is small, and each token costs. */
export const MAX_AGENT_ITEMS = 200;

/** The most characters of items that an AI agent gets at once: about 10 000 tokens. */
export const MAX_AGENT_CHARACTERS = 40_000;

/** What was found, if that is nothing, or a part of what there is, or if there are filters. */
export function describeList(result: ListResult, end: ListEnd = 'limit'): string[] {
	if (result.items.length === 0) return [describeNothing(result)];
	const cut = describeCut(result, end);
	const filtered = describeFiltered(result);
	return [cut, filtered, ...(result.remarks ?? [])].filter((message) => message !== undefined);
}

/** Whether there are entries after the items: surely, perhaps, or surely not. */
export function hasMore({ items, passed, isComplete }: ListResult): 'yes' | 'maybe' | 'no' {
	if (passed > items.length) return 'yes';
	return isComplete ? 'no' : 'maybe';
}

function describeNothing({ entries, scope, read, filters, emptyHint }: ListResult): string {
	if (read === 0) return `There are no ${entries} ${scope}.${emptyHint ? ` ${emptyHint}` : ''}`;
	return `None of the ${entries} ${scope} passes the filters (0 of ${read}). Filters: ${filters}.`;
}

function describeCut(result: ListResult, end: ListEnd): string | undefined {
	const { entries, items, passed, isComplete } = result;
	const more = hasMore(result);
	if (more === 'no') return undefined;
	const count = items.length;
	const total = isComplete ? `${passed} ${entries}` : `more ${entries}`;
	const rest = `there ${more === 'yes' ? 'are' : 'may be'} ${total}.`;
	if (end === 'limit') return `'Limit' ends the list at ${count}: ${rest}`;
	const most =
		end === 'agentItems'
			? `${MAX_AGENT_ITEMS} items`
			: `${MAX_AGENT_CHARACTERS} characters, which is less than all items have`;
	return `The list ends at ${count}, because an AI agent gets at most ${most}: ${rest}`;
}

function describeFiltered({ entries, read, passed, filters, isComplete }: ListResult) {
	if (filters === '') return undefined;
	const searched = isComplete ? `${read} ${entries}` : `the ${read} ${entries} that were read`;
	return `${passed} of ${searched} passed the filters.`;
}
