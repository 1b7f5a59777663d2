import { parseAddressBlock } from '../../../filters/addressBlock';
import { parseNamePattern, parsePattern } from '../../../filters/pattern';
import { createFilterReader, PATTERN, type Expectation } from '../../../parameters/filterReader';
import type { ParameterRef } from '../../../parameters/lists';
import { CATEGORIES } from '../catalogue';
import type { Filters } from './filters';
import { PRESETS, type Preset } from './presets';

const BLOCK: Expectation = {
	mismatch: 'is not an IP address or CIDR block',
	hint: 'Use addresses such as 203.0.113.7 or 2001:db8::1, and blocks such as 10.0.0.0/8 or 2001:db8::/32, separated by commas. An exclamation mark in front leaves a block out.',
};

const NAME: Expectation = {
	mismatch: 'is not the name of an event',
	hint: "Patterns with * and ?, and an exclamation mark to leave events out, go under 'Event Patterns'.",
};

/** Reads 'Filters' of the audit log. */
export function getFilters(
	context: ParameterRef['context'],
	given: unknown,
	itemIndex?: number,
): Filters {
	const read = createFilterReader(context, given, itemIndex);
	return {
		actors: read.choice('Actors', 'actors', parsePattern, PATTERN),
		categories: read.names('Categories', 'categories', CATEGORIES),
		eventPatterns: read.choice('Event Patterns', 'eventPatterns', parseNamePattern, PATTERN),
		eventTypes: read.entries('Event Types', 'eventTypes', parseName, NAME),
		excludeSystem: read.flag('Exclude System Events', 'excludeSystem'),
		ipAddresses: read.choice('IP Addresses', 'ipAddresses', parseAddressBlock, BLOCK),
		presets: read.names('Presets', 'preset', Object.keys(PRESETS) as Preset[]),
		roles: read.choice('Roles', 'roles', parseNamePattern, PATTERN),
		text: read.text('Text', 'text'),
	};
}

function parseName(entry: string): string | undefined {
	return /^!|[*?]/.test(entry) ? undefined : entry;
}
