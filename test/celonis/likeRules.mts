import type { Seen, SeenFields } from '../../scripts/probe/seen.mts';
import type { Access } from './access.mts';
import type { ContentType } from './contentTypes.mts';
import { isSchemaAccess, type TeamSchema } from './schema.mts';
import type { Behaviour, DateForm, EmptyForm, ListBehaviour, ListName } from './behaviour.mts';
import type { TimestampForm } from './timestampForms.mts';

/** What the facts of a report change, collected. */
export interface Changes {
	behaviour: Partial<Behaviour>;
	perList: Partial<Record<ListName, Partial<ListBehaviour>>>;
	access: Access;
	clockOffsetMs: number;
}

/** Applies what was seen of a fact. False: it cannot be simulated. */
export type Apply = (
	seen: Seen,
	changes: Changes,
	getSeen: (id: string) => Seen | undefined,
) => boolean;

/** Applies a word that has a meaning in the table. */
const fromWords =
	<Value,>(
		values: Readonly<Record<string, Value>>,
		set: (changes: Changes, value: Value) => void,
	): Apply =>
	(seen, changes) => {
		if (typeof seen !== 'string' || !Object.hasOwn(values, seen)) return false;
		set(changes, values[seen]!);
		return true;
	};

/** Sets a behaviour of one list. */
function setForList(list: ListName, behaviour: Partial<ListBehaviour>) {
	return (changes: Changes): void => {
		changes.perList[list] = { ...changes.perList[list], ...behaviour };
	};
}

const set = (changes: Changes, behaviour: Partial<Behaviour>): void => {
	Object.assign(changes.behaviour, behaviour);
};

const ORDERS = { 'newest first': 'desc', 'oldest first': 'asc', none: 'shuffled' } as const;

const DATE_FORMS: Readonly<Record<string, DateForm>> = {
	'yyyy-MM-ddTHH:mm:ss.SSSZ': 'iso',
	'yyyy-MM-ddTHH:mm:ssZ': 'isoSeconds',
	'yyyy-MM-ddTHH:mm:ss': 'seconds',
	'yyyy-MM-ddTHH:mm:ss.SSS+00:00': 'offset',
	'epoch milliseconds': 'epochMs',
};

const TIMESTAMP_FORMS: Readonly<Record<string, TimestampForm | undefined>> = {
	'yyyy-MM-ddTHH:mm:ss.SSSZ': undefined,
	'with an offset': 'an offset',
	'without a zone': 'no zone',
	'with a blank for T': 'a blank for T',
	'epoch seconds': 'epoch seconds',
	'epoch seconds as text': 'epoch seconds as text',
	'epoch milliseconds': 'epoch milliseconds',
	'epoch milliseconds as text': 'epoch milliseconds as text',
	'a list': 'a list',
};

const EMPTY_FORMS: Readonly<Record<string, EmptyForm>> = {
	'204': '204',
	'an empty list': 'page',
	null: 'nullContent',
	'no list': 'onlyCount',
};

const EMPTY_BEHAVIOUR = {
	v2: 'v2Empty',
	v1: 'v1Empty',
	logins: 'loginsEmpty',
	members: 'membersEmpty',
} as const;

const MAX_SIZE_BEHAVIOUR = {
	v2: 'maxPageSizeV2',
	v1: 'maxPageSizeV1',
	logins: 'maxPageSizeLogins',
	members: 'maxPageSizeMembers',
} as const;

const TOTALS: Readonly<Record<string, ListBehaviour['totalCount']>> = {
	records: 'records',
	pages: 'pages',
	text: 'text',
	missing: () => undefined,
	other: (records) => records + 3,
};

const RESET_FORMS = {
	'in seconds': 'seconds',
	'as an epoch': 'epoch',
	'as a date': 'date-time',
	'by retry-after': 'retry-after',
	not: 'none',
} as const;

const SCOPES = { logins: 'team.login-history:read', members: 'team.user-group-info:read' };

/** What is known of a rate limit without its period. */
const UNKNOWN_PERIOD_S = 60;

/** A report does not tell the zone of dates without one. */
const CENTRAL_EUROPE_MINUTES = 120;

/** Follows from other facts, or is only told. */
const implied: Apply = () => true;

/** Facts of one list, by the name after the dot. */
const createListRules = (list: ListName): Readonly<Record<string, Apply>> => ({
	access: (seen, changes) => applyAccess(list, String(seen), changes),
	list: (seen, changes) => {
		const name = String(seen);
		if (name.includes(' ') || name === 'none') return false;
		setForList(list, { listName: name })(changes);
		return true;
	},
	pageFields: (seen, changes) => {
		applyPageFields(list, seen as SeenFields, changes);
		return true;
	},
	recordFields: (seen, changes) => {
		if (list === 'v1' || list === 'v2') {
			setForList(list, { omitsNulls: lacksNulls(seen as SeenFields) })(changes);
		}
		return true;
	},
	messageFields: implied,
	maxPageSize: (seen, changes) => {
		set(changes, { [MAX_SIZE_BEHAVIOUR[list]]: Number(seen) });
		return true;
	},
	pageSize: (seen, changes) => {
		if (seen === 'ignored') setForList(list, { ignoresPageSize: true })(changes);
		return true;
	},
	cappedAt: (seen, changes) => {
		setForList(list, { cappedPageSize: Number(seen) })(changes);
		return true;
	},
	id: fromWords<Partial<ListBehaviour>>(
		{ none: {}, unique: { recordId: 'unique' }, 'not unique': { recordId: 'shared' } },
		(changes, value) => setForList(list, value)(changes),
	),
	timestamps: (seen, changes) => {
		const [form, ...others] = seen as readonly string[];
		if (form === undefined || others.length > 0 || !(form in TIMESTAMP_FORMS)) return false;
		setForList(list, { timestampForm: TIMESTAMP_FORMS[form] })(changes);
		return true;
	},
	order: fromWords(ORDERS, (changes, order) => setForList(list, { order })(changes)),
	fromBound: (seen, changes) => {
		setForList(list, { fromBound: seen as ListBehaviour['fromBound'] })(changes);
		return true;
	},
	toBound: (seen, changes) => {
		setForList(list, { toBound: seen as ListBehaviour['toBound'] })(changes);
		return true;
	},
	dateForms: (seen, changes) => {
		const dateForm = (seen as readonly string[]).map((form) => DATE_FORMS[form]!);
		setForList(list, { dateForm })(changes);
		return true;
	},
	dateWithoutZone: fromWords({ UTC: 0, 'not UTC': CENTRAL_EUROPE_MINUTES }, (changes, minutes) =>
		setForList(list, { utcOffsetMinutes: minutes })(changes),
	),
	empty: fromWords(EMPTY_FORMS, (changes, form) => set(changes, { [EMPTY_BEHAVIOUR[list]]: form })),
	beyondEnd: (seen, changes, getSeen) => {
		if (list !== 'members') return (seen === '204') === (getSeen(`${list}.empty`) === '204');
		if (typeof seen !== 'string' || !(seen in EMPTY_FORMS)) return false;
		set(changes, { membersEmpty: EMPTY_FORMS[seen] });
		return true;
	},
	reversed: fromWords({ refused: 'refused', empty: 'empty' } as const, (changes, reversedWindow) =>
		setForList(list, { reversedWindow })(changes),
	),
	unknownParameter: fromWords(
		{ ignored: 'ignored', refused: 'refused' } as const,
		(changes, unknownParameters) => setForList(list, { unknownParameters })(changes),
	),
	totalCount: fromWords(TOTALS, (changes, totalCount) => setForList(list, { totalCount })(changes)),
	lateness: implied,
	late: implied,
	watched: implied,
	includeInternal: (seen, changes) => {
		set(changes, { requiresIncludeInternal: seen === 'refused' });
		return true;
	},
	lastLogin: implied,
	lastToken: (seen, changes) => {
		set(changes, { lastToken: seen as Behaviour['lastToken'] });
		return true;
	},
	tokenForm: (seen, changes) => {
		set(changes, { tokenForm: seen as Behaviour['tokenForm'] });
		return true;
	},
	emptyPages: (seen, changes) => {
		set(changes, { emptyPageWithToken: seen === 'yes' });
		return true;
	},
	tokenReuse: fromWords({ 'the same page': Infinity, refused: 1 }, (changes, tokenUses) =>
		set(changes, { tokenUses }),
	),
	tokenWithoutWindow: fromWords(
		{ 'the same page': 'samePage', refused: 'refused' } as const,
		(changes, tokenWithoutWindow) => set(changes, { tokenWithoutWindow }),
	),
	tokenOtherWindow: fromWords(
		{ 'the same page': 'samePage', refused: 'refused' } as const,
		(changes, tokenOtherWindow) => set(changes, { tokenOtherWindow }),
	),
	tokenOtherLimit: fromWords(
		{ 'that many records': 'applied', 'the same page': 'samePage', refused: 'refused' } as const,
		(changes, tokenOtherLimit) => set(changes, { tokenOtherLimit }),
	),
	tokenLife: (seen, changes, getSeen) => {
		if (seen !== 'expired') return true;
		const ms = 1000 * Number(getSeen(`${list}.tokenUsableSeconds`) ?? 0);
		set(changes, { pageTokenLife: { requests: Infinity, ms } });
		return true;
	},
	tokenUsableSeconds: implied,
	expiredStatus: fromWords({ '400': 400, '404': 404, '410': 410 } as const, (changes, status) =>
		set(changes, { expiredTokenStatus: status }),
	),
});

/** The facts on a token and a count may be missing where there are few records. */
function applyPageFields(list: ListName, { names }: SeenFields, changes: Changes): void {
	const { nextPageToken, totalCount } = names;
	if (list === 'v2') {
		set(changes, { tokenForm: nextPageToken?.includes('number') ? 'number' : 'text' });
		return;
	}
	const total = totalCount?.includes('text') ? 'text' : totalCount ? 'records' : 'missing';
	setForList(list, { sendsPageSize: 'pageSize' in names, totalCount: TOTALS[total] })(changes);
}

/** Whether a record has none of its empty fields, of which most records have some. */
function lacksNulls({ names }: SeenFields): boolean {
	const fields = ['message', 'ipAddress', 'port', 'diffPayload'].map((name) => names[name]);
	return (
		fields.some((types) => !types || types.includes('absent')) &&
		!fields.some((types) => types?.includes('null'))
	);
}

function applyAccess(list: ListName, access: string, changes: Changes): boolean {
	if (access === 'ok' || access === 'empty') return true;
	const { access: rights } = changes;
	if (access === 'not found' && (list === 'v1' || list === 'v2')) {
		set(changes, list === 'v1' ? { v1Available: false } : { v2Available: false });
		return true;
	}
	if (access === 'scope refused') {
		const own = list === 'v1' || list === 'v2' ? /^audit\.log/ : new RegExp(`^${SCOPES[list]}$`);
		for (const client of rights.oauthClients) {
			client.scopes = client.scopes.filter((scope) => !own.test(scope));
		}
		return true;
	}
	if (access !== 'forbidden') return false;
	if (list === 'logins') rights.loginHistoryEnabled = false;
	else if (list === 'members') rights.membersEnabled = false;
	else rights.auditApiEnabled = false;
	return true;
}

function setSchema(changes: Changes, schema: Partial<TeamSchema>): boolean {
	set(changes, { schema: { access: 'ok', ...changes.behaviour.schema, ...schema } });
	return true;
}

const COMMON_RULES: Readonly<Record<string, Apply>> = {
	'token.scope': (seen, { access }) => {
		if (seen !== 'audit.log') return seen !== 'refused';
		access.auditScope = 'audit.log';
		for (const client of access.oauthClients) {
			client.scopes = client.scopes.map((scope) =>
				scope === 'audit.log:read' ? 'audit.log' : scope,
			);
		}
		return true;
	},
	'token.authentication': (seen, { access }) => {
		if (seen === 'refused') return false;
		if (seen === 'basic') for (const client of access.oauthClients) client.authentication = 'basic';
		return true;
	},
	'token.seconds': (seen, { access }) => {
		access.tokenLifeSeconds = Number(seen);
		return true;
	},
	'http.contentTypes': (seen, changes, getSeen) => {
		const types = seen as readonly ContentType[];
		if (getSeen('schema.access') !== 'no JSON') {
			set(changes, { contentTypes: types });
			return true;
		}
		// A schema that is a page for people is the one in HTML.
		const contentType = types.find((type) => type === 'html') ?? types.at(-1)!;
		const others = types.filter((type) => type !== contentType);
		set(changes, { contentTypes: others.length > 0 ? others : types });
		return setSchema(changes, { contentType });
	},
	'http.headers': implied,
	'http.date': (seen, changes) => {
		const [dateHeader, ...others] = seen as ReadonlyArray<Behaviour['dateHeader']>;
		if (!dateHeader || others.length > 0) return false;
		set(changes, { dateHeader });
		return true;
	},
	'http.clockSeconds': (seen, changes) => {
		changes.clockOffsetMs = 1000 * Number(seen);
		return true;
	},
	'http.rateLimit': (seen, changes, getSeen) => {
		const reset = getSeen('http.rateLimitReset') as keyof typeof RESET_FORMS | undefined;
		const windowSeconds = Number(getSeen('http.rateLimitSeconds') ?? UNKNOWN_PERIOD_S);
		const resetForm = reset === undefined ? 'none' : RESET_FORMS[reset];
		set(changes, { rateLimit: { limit: Number(seen), windowSeconds, resetForm } });
		return true;
	},
	'http.rateLimitReset': implied,
	'http.rateLimitSeconds': implied,
	'audit.versions': (seen) => seen !== 'other records',
	// Follows from the IDs of each version.
	'audit.ids': (seen, _changes, getSeen) =>
		(seen === 'yes') === (getSeen('v2.id') === getSeen('v1.id')),
	'schema.access': (seen, changes) => {
		if (seen === 'not found') return true;
		if (!isSchemaAccess(String(seen))) return false;
		setSchema(changes, { access: seen as TeamSchema['access'] });
		return true;
	},
	'schema.version2': (seen, changes) => setSchema(changes, { hasVersion2: seen === 'yes' }),
	'schema.parameters': (seen, changes) => setSchema(changes, { parameters: seen as SeenFields }),
	'schema.pageFields': (seen, changes) => setSchema(changes, { pageFields: seen as SeenFields }),
	'schema.recordFields': (seen, changes) =>
		setSchema(changes, { recordFields: seen as SeenFields }),
};

const LIST_RULES: Readonly<Record<ListName, Readonly<Record<string, Apply>>>> = {
	v2: createListRules('v2'),
	v1: createListRules('v1'),
	logins: createListRules('logins'),
	members: createListRules('members'),
};

/** The rule of a fact. Each has one. */
export function getRule(id: string): Apply {
	const [list = '', name = ''] = id.split('.');
	const rules = Object.hasOwn(LIST_RULES, list) ? LIST_RULES[list as ListName] : undefined;
	const rule = rules ? rules[name] : COMMON_RULES[id];
	if (!rule) throw new Error(`The simulator has no rule for ${id}.`);
	return rule;
}
