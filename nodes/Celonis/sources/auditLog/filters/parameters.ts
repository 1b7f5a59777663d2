import { parseAddressBlock } from '../../../filters/addressBlock';
import { parseNamePattern, parsePattern, type Pattern } from '../../../filters/pattern';
import { PATTERN, type FilterReader } from '../../../parameters/filterReader';
import type { Expectation } from '../../../parameters/parameterError';
import { CATEGORIES, EVENT_NAMES } from '../catalogue';
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
		eventPatterns: getPatterns('Event Patterns', 'eventPatterns', parseEventPattern),
		eventTypes: filters.getEntries('Event Types', 'eventTypes', parseEventName, EVENT_NAME),
		excludeSystem: filters.getBoolean('Exclude System Events', 'excludeSystem'),
		grantedPermissions: getPatterns('Granted Permissions', 'grantedPermissions'),
		ipAddresses: filters.getIncludeExclude(
			'IP Addresses',
			'ipAddresses',
			parseAddressBlock,
			ADDRESS_BLOCK,
		),
		presets: filters.getChoices('Presets', 'preset', Object.keys(PRESETS) as Preset[]),
		roles: getPatterns('Actor Roles', 'roles'),
		targets: getPatterns('Targets', 'targets', parsePattern),
		text: filters.getText('Text', 'text'),
	};
}

/**
 * Names of events that Celonis does not document can contain dots, so that `run.*` is a pattern. With
 * `PERM.*`, a regular expression is meant: read as one, it matches a documented event.
 */
function parseEventPattern(entry: string): Pattern | undefined {
	if (!entry.includes('.*') || /^[*?.]+$/.test(entry)) return parseNamePattern(entry);
	const withoutDots = parseNamePattern(entry.replace(/\.\*/g, '*'));
	const isRegularExpression = EVENT_NAMES.some((name) => withoutDots?.(name));
	return withoutDots && !isRegularExpression ? parsePattern(entry) : undefined;
}

function parseEventName(entry: string): string | undefined {
	return /^!|[*?"'[\]{}]/.test(entry) ? undefined : entry;
}
