import type { LogEvent } from '../records/eventId';
import { stringifyJson } from '../records/stringifyJson';
import { omitEmpty } from '../records/omitEmpty';
import { formatTimestamp } from '../records/timestamp';
import type { Outcome, UserEntity } from './entities';
import { SEVERITIES, type Severity } from './severity';
import { parseTeamHost } from './team';

/** The version of the Elastic Common Schema that the nodes write. */
export const ECS_VERSION = '9.4.0';

/** The values of the base fields that depend on the log and the record. */
export interface EcsBase {
	/** One line: who did what to whom or what, and with which result. */
	readonly summary: string;
	readonly categories: readonly string[];
	readonly types: readonly string[];
	readonly action: string;
	readonly outcome: Outcome;
	readonly reason?: string;
	readonly severity: Severity;
	/** The log as a data set, and as a product. */
	readonly dataset: string;
	readonly product: string;
}

/** Builds the fields that all documents have. `event.original` is the record as received. */
export function buildEcsBase(event: LogEvent, base: EcsBase): Record<string, unknown> {
	const { summary, categories, types, action, outcome, reason, severity, dataset, product } = base;
	const { organization, url } = buildEcsTeam(event.team);
	return {
		'@timestamp': formatTimestamp(event.timestampMs),
		ecs: { version: ECS_VERSION },
		message: summary,
		event: omitEmpty({
			kind: 'event',
			category: categories,
			type: types,
			action,
			outcome,
			reason,
			severity: SEVERITIES[severity.level].id,
			id: event.eventId,
			provider: 'celonis',
			module: 'celonis',
			dataset,
			original: stringifyJson(event.raw),
		}),
		observer: { vendor: 'Celonis', product },
		organization,
		url,
	};
}

/** Builds the fields that say which team an event is from, by the host of the team. */
export function buildEcsTeam(team: string): Record<string, unknown> {
	return { organization: { name: team }, url: { domain: parseTeamHost(team).hostname } };
}

/** What was seen in an event, to find all that has to do with it. */
export interface Sightings {
	readonly team: string;
	readonly users: ReadonlyArray<UserEntity | undefined>;
	readonly ips?: ReadonlyArray<string | undefined>;
}

/** Builds the field `related`: all IDs and names of users, all addresses, and the host of the team. */
export function buildEcsRelated({ team, users, ips = [] }: Sightings): Record<string, unknown> {
	const names: Array<string | undefined> = [];
	for (const user of users) if (user) names.push(user.id, user.email, user.name, user.fullName);
	return omitEmpty({
		user: uniqueTexts(names),
		ip: uniqueTexts(ips),
		hosts: [parseTeamHost(team).hostname],
	});
}

/** Builds the fields of a user, wherever ECS has one. */
export function buildEcsUser({ id, name, email, fullName }: UserEntity): Record<string, unknown> {
	return omitEmpty({ id, name, email, full_name: fullName });
}

/** The texts among some values, without duplicates. */
export function uniqueTexts(texts: ReadonlyArray<string | null | undefined>): string[] {
	const unique = new Set<string>();
	for (const text of texts) if (typeof text === 'string') unique.add(text);
	return [...unique];
}
