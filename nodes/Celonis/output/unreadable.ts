import { stringifyJson } from '../records/stringifyJson';
import type { RecordProblem } from '../records/record';
import type { LogEvent } from '../records/eventId';
import { omitEmpty } from '../records/omitEmpty';
import { isBlank } from '../records/text';
import { formatTimestamp } from '../records/timestamp';
import { buildEcsRelated, buildEcsTeam, ECS_VERSION } from './ecs';
import type { EventFormatter, EventFormatters } from './items';
import { toOneLine } from './labels';
import { buildOcsfBase, type OcsfClassDefinition } from './ocsf';
import { buildSummary } from './summary';

/** How a log is called in the output formats. */
export interface LogNames {
	/** The log as a data set of Elastic. */
	readonly dataset: string;
	readonly product: string;
	/** The log as OCSF names it. */
	readonly logName: string;
}

const PROBLEMS: Readonly<Record<RecordProblem, string>> = {
	notAnObject: 'The record is not an object',
	invalidTimestamp: "The record has no 'timestamp' that is a date and time",
};

/** OCSF's class of everything that has no class of its own. */
const BASE_EVENT: OcsfClassDefinition = {
	uid: 0,
	name: 'Base Event',
	categoryUid: 0,
	categoryName: 'Uncategorized',
	activities: { 0: 'Unknown' },
};

/** Adds to the formatters of a log how records are formatted that cannot be read. */
export function withUnreadableRecords(formatters: EventFormatters, log: LogNames): EventFormatters {
	const either =
		(format: EventFormatter, formatUnreadable: EventFormatter): EventFormatter =>
		(event, members) =>
			event.problem ? formatUnreadable(event) : format(event, members);
	return {
		event: either(formatters.event, formatUnreadableEvent),
		summary: either(formatters.summary, (event) =>
			formatUnreadableSummary(event, formatters.summary),
		),
		ecs: either(formatters.ecs, (event) => formatUnreadableEcs(event, log)),
		ocsf: either(formatters.ocsf, (event) => formatUnreadableOcsf(event, log)),
		raw: formatters.raw,
	};
}

/** A warning about the events whose records could not be read; `undefined` if there are none. */
export function describeUnreadable(events: readonly LogEvent[]): string | undefined {
	const unreadable: LogEvent[] = [];
	for (const event of events) if (event.problem) unreadable.push(event);
	if (unreadable.length === 0) return undefined;
	const ids = unreadable.slice(0, 3).map(({ eventId }) => eventId);
	return `records that cannot be read: ${unreadable.length}. They are in the output as they came, with 'recordProblem' and 'eventId' ${ids.join(', ')}${unreadable.length > ids.length ? ' …' : ''}.`;
}

/** The record as it came, and what is wrong with it. */
function formatUnreadableEvent({ raw, eventId, team, problem }: LogEvent): Record<string, unknown> {
	return {
		...raw,
		eventId: isBlank(raw.eventId) ? eventId : raw.eventId,
		team: isBlank(raw.team) ? team : raw.team,
		recordProblem: problem && PROBLEMS[problem],
	};
}

/**
 * The fields of every summary, with what can be read of the record, then what is wrong with it and the
 * record as it came.
 */
function formatUnreadableSummary(
	event: LogEvent,
	formatSummary: EventFormatter,
): Record<string, unknown> {
	const { raw, problem } = event;
	const text = problem && PROBLEMS[problem];
	if (problem === 'notAnObject') {
		const record = stringifyJson(raw.record) ?? '';
		const line = `${text}: ${toOneLine(record)}`;
		return { ...buildSummary(event, { line }), recordProblem: text, record: raw.record };
	}
	const readable = formatSummary(event);
	const line = `${text}: ${String(readable.summary)}`;
	return { ...readable, summary: line, recordProblem: text, record: raw };
}

/** Elastic's kind of event for documents that a pipeline could not process. */
function formatUnreadableEcs(
	event: LogEvent,
	{ dataset, product }: LogNames,
): Record<string, unknown> {
	const message = getMessage(event);
	return {
		'@timestamp': formatTimestamp(event.timestampMs),
		ecs: { version: ECS_VERSION },
		message,
		event: {
			kind: 'pipeline_error',
			id: event.eventId,
			provider: 'celonis',
			module: 'celonis',
			dataset,
			original: stringifyOriginal(event),
		},
		error: { message },
		observer: { vendor: 'Celonis', product },
		...buildEcsTeam(event.team),
		related: buildEcsRelated({ team: event.team, users: [] }),
	};
}

function formatUnreadableOcsf(event: LogEvent, { logName }: LogNames): Record<string, unknown> {
	const base = buildOcsfBase(event, {
		ocsfClass: BASE_EVENT,
		activityId: 0,
		outcome: 'unknown',
		summary: getMessage(event),
		severity: { level: 'unknown', reason: 'Unreadable' },
		eventCode: '',
		logName,
	});
	return omitEmpty({ ...base, raw_data: stringifyOriginal(event) });
}

function getMessage({ problem, team }: LogEvent): string {
	return `${problem ? PROBLEMS[problem] : 'The record cannot be read'} (${team})`;
}

/** The record as received: what is not an object was put into one. */
function stringifyOriginal({ raw, problem }: LogEvent): string {
	return problem === 'notAnObject' ? (stringifyJson(raw.record) ?? '') : stringifyJson(raw);
}
