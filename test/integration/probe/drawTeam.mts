import type { JsonType, SeenFields } from '../../../scripts/probe/seen.mts';
import { createAccess, fullAccessClient, type Access } from '../../celonis/access.mts';
import type { Behaviour, ListBehaviour } from '../../celonis/behaviour.mts';
import { manualClock } from '../../celonis/clock.mts';
import { AuditLog } from '../../celonis/log.mts';
import { LoginHistory } from '../../celonis/loginEvents.mts';
import { seededRandom, type Random } from '../../celonis/random.mts';
import { TIMESTAMP_FORMS, type TimestampForm } from '../../celonis/timestampForms.mts';
import type { TeamSchema } from '../../celonis/schema.mts';
import type { SimulatorOptions } from '../../celonis/simulator.mts';
import { MINUTE_MS } from '../../support/durations.mts';

/** A simulated team whose traits are drawn. */
export interface DrawnTeam {
	readonly behaviour: Partial<Behaviour>;
	readonly access: Partial<Access>;
	/** How far its clock is ahead of the probe's. */
	readonly offsetMs: number;
}

/** Draws everything that nobody promises and a report can say. */
export function drawTeam(seed: number): DrawnTeam {
	const random = seededRandom(seed);
	const perList = {
		v1: random.chance(0.3) ? drawList(random) : {},
		logins: random.chance(0.3) ? drawList(random) : {},
	};
	const behaviour: Partial<Behaviour> = {
		...drawList(random),
		...drawTokens(random),
		maxPageSizeV2: random.pick([500, 500, 501, 200, 50]),
		maxPageSizeV1: random.pick([200, 200, 201, 100]),
		maxPageSizeLogins: random.pick([200, 200, 50]),
		maxPageSizeMembers: random.pick([200, 200, 201]),
		v1Empty: random.pick(['204', 'page', 'nullContent', 'onlyCount']),
		v2Empty: random.pick(['204', 'page', 'nullContent', 'onlyCount']),
		loginsEmpty: random.pick(['204', 'page', 'nullContent', 'onlyCount']),
		membersEmpty: random.pick(['204', 'page']),
		v1Available: !random.chance(0.15),
		dateHeader: random.pick(['valid', 'valid', 'valid', 'missing', 'invalid', 'doubled']),
		requiresIncludeInternal: random.chance(0.5),
		perList,
		...(random.chance(0.4) && {
			rateLimit: {
				limit: random.integer(70, 500),
				windowSeconds: random.pick([60, 600]),
				resetForm: random.pick(['seconds', 'epoch', 'date-time', 'retry-after', 'none']),
			},
		}),
	};
	const offsetMs = random.pick([0, 0, 30_000, -120_000, 3 * 60 * MINUTE_MS]);
	const access = drawAccess(random);
	const later: Partial<Behaviour> = {
		contentTypes: drawContentTypes(random),
		schema: drawSchema(random),
		utcOffsetMinutes: random.pick([0, 0, 0, 120, 60, -300]),
	};
	const logins = { ...perList.logins, utcOffsetMinutes: random.pick([0, 0, 120]) };
	return {
		behaviour: { ...behaviour, ...later, perList: { ...perList, logins } },
		access,
		offsetMs,
	};
}

function drawContentTypes(random: Random): Behaviour['contentTypes'] {
	return random.pick<Behaviour['contentTypes']>([
		['json'],
		['json'],
		['json', 'problem+json'],
		['json', 'html'],
		['text'],
		['other', 'none'],
	]);
}

function drawSchema(random: Random): TeamSchema | undefined {
	const access = random.pick<TeamSchema['access'] | 'not found'>([
		...(['not found', 'not found', 'ok', 'ok', 'ok', 'no JSON', 'no page', 'empty'] as const),
		...(['forbidden', 'unauthorized', 'redirect', 'server error', 'bad request'] as const),
		'other refusal',
	]);
	if (access === 'not found') return undefined;
	const contentType = random.pick(['html', 'text', 'json'] as const);
	if (access !== 'ok') return { access, contentType };
	const hasVersion2 = !random.chance(0.2);
	if (!hasVersion2 || random.chance(0.1)) return { access, hasVersion2 };
	const parameters = drawFields(random, ['from', 'to', 'limit', 'pageToken', 'sort', 'filter']);
	if (random.chance(0.1)) return { access, hasVersion2, parameters };
	const page = drawFields(random, ['nextPageToken', 'totalCount', 'size']);
	const hasList = !random.chance(0.2);
	const pageFields: SeenFields = hasList
		? { ...page, names: { ...page.names, [random.pick(['content', 'items'])]: ['list'] } }
		: page;
	const records = ['userId', 'userRole', 'event', 'timestamp', 'message', 'ipAddress', 'id'];
	return {
		access,
		hasVersion2,
		parameters,
		pageFields,
		...((hasList || page.others > 0) && { recordFields: drawFields(random, records) }),
	};
}

/** Some of the names, with types, and some that a report does not name. */
function drawFields(random: Random, all: readonly string[]): SeenFields {
	const types: Array<readonly JsonType[]> = [
		...([['text'], ['number'], ['boolean'], ['object'], ['text', 'null'], []] as const),
	];
	const names = all.filter(() => random.chance(0.7)).map((name) => [name, random.pick(types)]);
	return { names: Object.fromEntries(names) as SeenFields['names'], others: random.integer(0, 3) };
}

function drawList(random: Random): Partial<ListBehaviour> {
	const forms = Object.keys(TIMESTAMP_FORMS) as TimestampForm[];
	return {
		order: random.pick(['desc', 'desc', 'asc', 'shuffled']),
		fromBound: random.pick(['inclusive', 'exclusive']),
		toBound: random.pick(['inclusive', 'exclusive']),
		dateForm: random.pick([undefined, undefined, 'iso', 'seconds', ['iso', 'offset', 'epochMs']]),
		listName: random.pick(['content', 'content', 'items']),
		timestampForm: random.chance(0.3) ? random.pick(forms) : undefined,
		recordId: random.pick([undefined, undefined, 'unique', 'shared']),
		omitsNulls: random.chance(0.2),
		cappedPageSize: random.pick([Infinity, Infinity, 40]),
		ignoresPageSize: random.chance(0.1),
		sendsPageSize: random.chance(0.7),
		totalCount: random.pick(['records', 'records', 'pages', 'text', () => undefined]),
		unknownParameters: random.pick(['ignored', 'refused']),
		reversedWindow: random.pick(['refused', 'empty']),
	};
}

function drawTokens(random: Random): Partial<Behaviour> {
	return {
		lastToken: random.pick(['absent', 'empty', 'null']),
		tokenForm: random.pick(['text', 'number']),
		emptyPageWithToken: random.chance(0.2),
		tokenWithoutWindow: random.pick(['refused', 'samePage']),
		tokenOtherWindow: random.pick(['refused', 'samePage']),
		tokenOtherLimit: random.pick(['applied', 'samePage', 'refused']),
		tokenUses: random.pick([Infinity, Infinity, Infinity, 1]),
		expiredTokenStatus: random.pick([400, 404, 410]),
		pageTokenLife: random.pick([
			{ requests: Infinity, ms: Infinity },
			{ requests: Infinity, ms: Infinity },
			{ requests: Infinity, ms: 10_000 },
			{ requests: 8, ms: Infinity },
		]),
	};
}

function drawAccess(random: Random): Partial<Access> {
	const scopes = fullAccessClient.scopes.filter(() => !random.chance(0.1));
	const isShort = random.chance(0.2);
	const client = {
		...fullAccessClient,
		scopes: [...new Set(['audit.log:read', ...scopes])].map((scope) =>
			isShort && scope === 'audit.log:read' ? 'audit.log' : scope,
		),
		authentication: random.pick(['both', 'post', 'basic'] as const),
	};
	return createAccess({
		oauthClients: [client],
		loginHistoryEnabled: !random.chance(0.1),
		membersEnabled: !random.chance(0.1),
		auditScope: isShort ? 'audit.log' : 'audit.log:read',
		tokenLifeSeconds: random.pick([899, 899, 300]),
	});
}

const START_MS = Date.parse('2026-06-01T08:00:00.250Z');

/** The same records and clock for each team: what differs is how it behaves. */
export function createTeamOptions(offsetMs: number): SimulatorOptions {
	const clock = manualClock(START_MS + offsetMs);
	const log = new AuditLog();
	const logins = new LoginHistory();
	for (let i = 0; i < 120; i++) {
		// Some whole seconds, for dates that have no milliseconds.
		const ms = START_MS - (200 - i) * MINUTE_MS + (i % 3 === 0 ? -250 : 17 * i);
		const timestamp = new Date(ms).toISOString();
		log.append({
			userId: `id-${i} (user${i}@example.com)`,
			userRole: 'ADMIN',
			event: 'PERMISSIONS_UPDATE',
			timestamp,
			message: { name: `Name ${i}`, object_id: `object-${i}` },
			ipAddress: null,
			port: '443',
			diffPayload: null,
		});
		const email = `user${i}@example.com`;
		logins.append({ authenticationEventType: 'LOGIN', email, success: true, timestamp });
	}
	return { seed: 1, clock, log, logins: { log: logins } };
}
