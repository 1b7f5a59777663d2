// @include ../shared/html.cjs
// @include ../shared/page.cjs

// What to review. Change these to fit your rules.
const DORMANT_DAYS = 90; // without a sign-in
const MAX_KEY_DAYS = 365; // since a key was made, or its secret was renewed
const MAX_ROWS = 400; // on the page; the CSV file has all permissions
const MAX_OBJECTS = 10; // of a person, a group or an application, in the list of all

const KEYS_MADE = [
	'APPLICATION_KEY_CREATED',
	'OAUTH_CLIENT_CREATED',
	'OAUTH_CLIENT_SECRET_REGENERATED',
];

const request = $('Request').first().json;
const zone = $now.zoneName;

/**
 * The items of a Celonis node, or why it could not read. No result is one empty item. In ECS, a record
 * that cannot be read has an `error` too, which is no text.
 */
function getReading(input) {
	const items = input.map(({ json }) => json);
	const { error, details } = items[0];
	if (typeof error === 'string')
		return { items: [], problem: [error, details].filter(Boolean).join('. ') };
	return { items: items.filter((json) => Object.keys(json).length > 0) };
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const fold = (text) => String(text).trim().toLowerCase();
const formatDate = (time) => (time?.isValid ? time.setZone(zone).toFormat('yyyy-MM-dd') : '');
const countDays = (time) => Math.floor($now.diff(time, 'days').days);

/** A time as the list of members has it, such as `12/10/2023, 6:49:07 AM UTC`, or in ISO 8601. */
function parseTime(value) {
	if (!value) return undefined;
	// Some formatters write a narrow no-break space before AM and PM.
	const text = String(value).replace(/\s+/g, ' ').trim();
	const time = DateTime.fromFormat(text.replace(/ UTC$/, ''), 'M/d/yyyy, h:mm:ss a', {
		zone: 'utc',
		locale: 'en-US',
	});
	return time.isValid ? time : DateTime.fromISO(text, { zone: 'utc' });
}

/** The first of some texts that is not blank. */
const getName = (...texts) => texts.find((text) => String(text ?? '').trim() !== '');

/** The names of actions, which may be texts or named objects. */
const getActions = ({ actions }) =>
	[actions ?? []].flat().flatMap((action) => action?.name ?? action ?? []);

/** Ways to name the same user, group, application or object. */
const getNames = (...names) => names.flat().filter(Boolean).map(fold);

/**
 * What an event is about. Others may have the same name: where the event has an ID, the name alone
 * refers to nothing that has an ID too.
 */
const getEventReferences = ({ id, name }) => [
	...getNames(id).map((text) => `id ${text}`),
	...getNames(name).map((text) => `${id ? 'named' : 'without id'} ${text}`),
];

/** The references to look for, the surest one first. */
const getReferences = (id, name) => [
	...getNames(id).map((text) => `id ${text}`),
	...getNames(name).flatMap((text) => [`without id ${text}`, ...(id ? [] : [`named ${text}`])]),
];

/** Who granted what, and when keys were made: the newest event for each reference. */
function indexEvents(events) {
	const grants = new Map();
	const keys = new Map();
	const put = (map, key, event) => {
		const known = map.get(key);
		if (!known || known['@timestamp'] < event['@timestamp']) map.set(key, event);
	};
	for (const event of events) {
		const { user, group, celonis, entity } = event;
		const object = celonis?.object ?? entity?.target ?? {};
		const objects = getEventReferences(object);
		if (celonis?.privileges?.gained?.length > 0) {
			const target = user?.target ?? {};
			const subjects = getNames(target.email, target.name, target.id, group?.id, group?.name);
			for (const subject of subjects) {
				for (const each of objects) put(grants, JSON.stringify([subject, each]), event);
			}
		}
		if (KEYS_MADE.includes(event.event?.action)) {
			for (const each of objects) put(keys, each, event);
		}
	}
	return { grants, keys };
}

const isUser = ({ subjectType }) =>
	/user|member/i.test(subjectType) && !/group|app/i.test(subjectType);
const isApplication = ({ subjectType }) => /app/i.test(subjectType ?? '');
const isGroup = ({ subjectType }) => /group/i.test(subjectType ?? '');

/** What somebody who signs off should look at. */
function findFindings(permission, keys) {
	if (isApplication(permission)) {
		const { subjectId, subjectName } = permission;
		const references = getReferences(subjectId, subjectName);
		const made = references.map((reference) => keys.get(reference)).find(Boolean);
		if (!made)
			return [{ kind: 'key', text: 'key of unknown age: the log does not show when it was made' }];
		const days = countDays(DateTime.fromISO(made['@timestamp']));
		return days > MAX_KEY_DAYS
			? [{ kind: 'key', text: `key is ${formatNumber(days)} days old` }]
			: [];
	}
	if (isGroup(permission)) return [];
	if (!isUser(permission)) {
		const type = permission.subjectType ?? 'missing';
		return [{ kind: 'unknown', text: `type is ${type}: check by hand` }];
	}
	const { member } = permission;
	if (!member) return [{ kind: 'left', text: 'is not a member any more' }];
	if (!['active', 'invited', 'pending'].includes(fold(member.status ?? 'active'))) {
		return [{ kind: 'left', text: `account is ${fold(member.status)}` }];
	}
	if (!member.lastLogin) return [{ kind: 'dormant', text: 'has never signed in' }];
	const lastLogin = parseTime(member.lastLogin);
	if (!lastLogin?.isValid) return [{ kind: 'dormant', text: 'last sign-in cannot be read' }];
	const days = countDays(lastLogin);
	return days > DORMANT_DAYS
		? [{ kind: 'dormant', text: `no sign-in for ${formatNumber(days)} days` }]
		: [];
}

/** The newest grant of an object, by the surest reference that finds one. */
function findGrant(grants, subjects, objects) {
	for (const object of objects) {
		const found = subjects
			.map((subject) => grants.get(JSON.stringify([subject, object])))
			.filter(Boolean)
			.sort((a, b) => (a['@timestamp'] < b['@timestamp'] ? 1 : -1));
		if (found.length > 0) return found[0];
	}
	return undefined;
}

/** A permission with what is known about who has it, and who granted it. */
function createRow(permission, { grants, keys }) {
	const { member } = permission;
	const subjects = getNames(
		permission.subjectId,
		member?.email,
		permission.subjectName,
		member?.name,
	);
	const objects = getReferences(permission.objectId, permission.objectName);
	const grant = findGrant(grants, subjects, objects);
	const findings = findFindings(permission, keys);
	return {
		subject: getName(member?.name, permission.subjectName, permission.subjectId),
		email: member?.email ?? '',
		type: permission.subjectType,
		status: member?.status ?? '',
		lastSignIn: formatDate(parseTime(member?.lastLogin)) || (member?.lastLogin ?? ''),
		role: permission.role ?? '',
		service: permission.service,
		object: getName(permission.objectName, permission.objectId),
		objectType: permission.objectType,
		actions: getActions(permission).join(', '),
		grantedBy: grant ? (grant.user?.email ?? grant.user?.name ?? grant.user?.id ?? '') : '',
		grantedOn: grant ? formatDate(DateTime.fromISO(grant['@timestamp'])) : '',
		findings: findings.map(({ text }) => text).join('; '),
		subjectId: permission.subjectId,
		objectId: permission.objectId,
		kinds: findings.map(({ kind }) => kind),
	};
}

// CSV

const COLUMNS = {
	Subject: 'subject',
	'E-mail': 'email',
	Type: 'type',
	Status: 'status',
	'Last sign-in': 'lastSignIn',
	Role: 'role',
	Service: 'service',
	Object: 'object',
	'Object type': 'objectType',
	Actions: 'actions',
	'Granted by': 'grantedBy',
	'Granted on': 'grantedOn',
	Findings: 'findings',
	'Subject ID': 'subjectId',
	'Object ID': 'objectId',
};

/**
 * A cell that a spreadsheet takes for text: a `'` goes in front of what would be a formula. The last four of the
 * characters are the wide forms of the first four.
 */
function toCsvCell(value) {
	const text = String(value ?? '');
	const safe = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
	return `"${safe.replace(/"/g, '""').replace(/[\r\n]+/g, ' ')}"`;
}

function renderCsv(rows) {
	const lines = [
		Object.keys(COLUMNS),
		...rows.map((row) => Object.values(COLUMNS).map((key) => row[key])),
	];
	return `\uFEFF${lines.map((cells) => cells.map(toCsvCell).join(request.separator)).join('\r\n')}\r\n`;
}

// The page

const SECTIONS = {
	left: 'People who left and still have rights',
	dormant: `Dormant accounts: no sign-in for ${DORMANT_DAYS} days`,
	key: `Applications with keys older than ${MAX_KEY_DAYS} days, or of unknown age`,
	unknown: 'Neither people, groups nor applications',
};

const describe = (row) =>
	toCell(row.subject) + (row.email && row.email !== row.subject ? `<br>${toCell(row.email)}` : '');
const describeGrant = (row) =>
	row.grantedBy
		? `${toCell(row.grantedBy)}<br>${row.grantedOn}`
		: 'before the log begins, or not in it';

function renderFindings(kind, rows) {
	const found = rows.filter(({ kinds }) => kinds.includes(kind));
	const cells = found
		.slice(0, MAX_ROWS)
		.map((row) => [
			describe(row),
			toCell(row.findings),
			toCell(row.object),
			toCell(row.actions),
			describeGrant(row),
			'☐&nbsp;keep<br>☐&nbsp;remove',
		]);
	const left = found.length - cells.length;
	const table = renderTable(
		{ Who: 23, Finding: 17, Object: 14, Rights: 16, 'Granted by': 21, Decision: 9 },
		cells,
		'None.',
	);
	const more =
		left > 0 ? `<p class="note">And ${formatNumber(left)} more in the CSV file.</p>` : '';
	return `<section id="${kind}"><h2>${SECTIONS[kind]}</h2>${table}${more}</section>`;
}

function listObjects(objects) {
	const left = objects.length - MAX_OBJECTS;
	const names = objects.slice(0, MAX_OBJECTS).map((name) => toCell(name, 60));
	return names.join(', ') + (left > 0 ? ` and ${formatNumber(left)} more` : '');
}

/** Everybody with rights: how many, and when they were last here. */
function renderSubjects(rows) {
	const subjects = new Map();
	for (const row of rows) {
		const key = JSON.stringify([row.type, row.subjectId, row.subject, row.email]);
		if (!subjects.has(key)) subjects.set(key, { row, count: 0, objects: new Set() });
		const subject = subjects.get(key);
		subject.count++;
		subject.objects.add(row.object);
	}
	const all = [...subjects.values()].sort((a, b) => b.count - a.count);
	const cells = all
		.slice(0, MAX_ROWS)
		.map(({ row, count, objects }) => [
			describe(row),
			toCell(row.type),
			toCell(row.lastSignIn),
			formatNumber(count),
			listObjects([...objects]),
		]);
	const left = all.length - cells.length;
	const more =
		left > 0 ? `<p class="note">And ${formatNumber(left)} more in the CSV file.</p>` : '';
	return `<section id="all"><h2>Who has rights</h2>${renderTable({ Who: 25, Type: 13, 'Last sign-in': 12, Rights: 7, Objects: 43 }, cells, 'Nobody.')}${more}</section>`;
}

function renderReview(rows, team, problem) {
	const count = (kind) => rows.filter(({ kinds }) => kinds.includes(kind)).length;
	const tile = (number, text) =>
		`<div class="tile"><b>${formatNumber(number)}</b><span>${text}</span></div>`;
	const warning = problem
		? `<section><p class="high">The audit log could not be read: who granted a permission and the age of keys are missing.</p><p>${toCell(problem, 600)}</p></section>`
		: '';
	return renderPage(
		`Access review of ${team}`,
		`<header><h1>Access review ${team && `of ${toCell(team)}`}</h1>
<p>As of ${$now.toFormat('yyyy-MM-dd HH:mm')} (${escapeHtml(zone)})</p></header>
<nav><span>All permissions as CSV: <a href="?format=csv">with commas</a> or <a href="?format=csv&amp;separator=%3B">with semicolons</a>, as Excel expects them in German and other languages</span></nav>
${warning}<div class="tiles">${tile(rows.length, rows.length === 1 ? 'permission' : 'permissions')}${tile(count('left'), 'of people who left')}${tile(count('dormant'), 'of dormant accounts')}${tile(count('key'), 'of applications with keys to check')}</div>
${Object.keys(SECTIONS)
	.filter((kind) => kind !== 'unknown' || count(kind) > 0)
	.map((kind) => renderFindings(kind, rows))
	.join('\n')}
${renderSubjects(rows)}
<section id="sign-off"><h2>Sign-off</h2><div class="tiles"><p>Reviewed by<br><br>______________________</p><p>Date<br><br>______________________</p><p>Signature<br><br>______________________</p></div></section>
<footer>Rights on data are not in this list: Celonis does not export them.</footer>`,
	);
}

const respond = (status, type, body, disposition = 'inline') => [
	{ json: { status, type, disposition, body } },
];

/** A page that says what could not be read. */
function renderProblem(what, problem) {
	const body = `<header><h1>${what} could not be read</h1></header><section><p>${toCell(problem, 600)}</p></section>`;
	return respond(502, 'text/html', renderPage('Access review: error', body));
}

const permissions = getReading($('Permissions').all());
const audit = getReading($('Grants and keys').all());
if (permissions.problem) return renderProblem('The permissions', permissions.problem);
// The page says that grants are missing; a file cannot.
if (audit.problem && request.format === 'csv') {
	return renderProblem('The audit log', audit.problem);
}
const index = indexEvents(audit.items);
const rows = permissions.items
	.map((permission) => createRow(permission, index))
	.sort((a, b) => compare(fold(a.subject), fold(b.subject)));
if (request.format === 'csv') {
	const name = `celonis-access-review-${$now.toFormat('yyyy-MM-dd')}.csv`;
	return respond(200, 'text/csv', renderCsv(rows), `attachment; filename="${name}"`);
}
return respond(
	200,
	'text/html',
	renderReview(rows, permissions.items[0]?.team ?? '', audit.problem),
);
