import { parseAddressBlock } from '../../../filters/addressBlock';
import { parseNamePattern, parsePattern } from '../../../filters/pattern';
import { PATTERN, type FilterReader } from '../../../parameters/filterReader';
import type { Expectation } from '../../../parameters/parameterError';
import { CATEGORIES } from '../catalogue';
import type { Filters } from './filters';
import { PRESETS, type Preset } from './presets';

const ADDRESS_BLOCK: Expectation = {
	mismatch: 'is not an IP address or CIDR block',
	hint: 'Write addresses such as 203.0.113.7 or 2001:db8::1, and blocks such as 10.0.0.0/8 or 2001:db8::/32, separated by commas. Prefix with ! to exclude.',
};

const EVENT_NAME: Expectation = {
	mismatch: 'is not the name of an event',
	hint: `Write names such as PERMISSIONS_UPDATE, GROUP_CREATED, or a list such as ["PERMISSIONS_UPDATE", "GROUP_CREATED"]. 'Event Patterns' has patterns with * and ?, and excludes events with the prefix !.`,
};

/** Gets 'Filters' of the audit log. */
export function getFilters(filters: FilterReader): Filters {
	const getPatterns = (displayName: string, name: string, parse = parseNamePattern) =>
		filters.getIncludeExclude(displayName, name, parse, PATTERN);
	return {
		actors: getPatterns('Actors', 'actors', parsePattern),
		categories: filters.getChoices('Categories', 'categories', CATEGORIES),
		eventPatterns: getPatterns('Event Patterns', 'eventPatterns'),
		eventTypes: filters.getEntries('Event Types', 'eventTypes', parseEventName, EVENT_NAME),
		excludeSystem: filters.getBoolean('Exclude System Events', 'excludeSystem'),
		ipAddresses: filters.getIncludeExclude(
			'IP Addresses',
			'ipAddresses',
			parseAddressBlock,
			ADDRESS_BLOCK,
		),
		presets: filters.getChoices('Presets', 'preset', Object.keys(PRESETS) as Preset[]),
		roles: getPatterns('Roles', 'roles'),
		text: filters.getText('Text', 'text'),
	};
}

function parseEventName(entry: string): string | undefined {
	return /^!|[*?"'[\]{}]/.test(entry) ? undefined : entry;
}
