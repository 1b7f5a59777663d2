// @include ../shared/html.cjs
// @include ../shared/page.cjs

// How many rows the lists have at most. What is left out is counted.
const MAX_NOTEWORTHY = 25;
const MAX_PEOPLE = 10;
const MAX_CATEGORIES = 5;
const MAX_OTHERS = 12;
const PERIODS = {
	'24h': '24 hours',
	'7d': '7 days',
	'30d': '30 days',
	'90d': '90 days',
	'400d': '13 months',
};
// For how long a page is kept, and how many of them. They are in the workflow's static data.
const CACHE_SECONDS = 60;
const MAX_PAGES = 4;

// Frequent and of medium severity: these are counted by person, and not among the noteworthy events.
const ANALYSIS_EXPORT = 'ANALYSIS_EXPORT_';
const LEVELS = ['critical', 'high', 'medium'];
const KEYS_MADE = ['APPLICATION_KEY_CREATED', 'OAUTH_CLIENT_CREATED', 'USER_GENERATE_API_KEY'];
const KEYS_DELETED = ['APPLICATION_KEY_DELETED', 'OAUTH_CLIENT_DELETED', 'USER_DELETE_API_KEY'];

const request = $('Request').first().json;
const zone = $now.zoneName;

/**
 * What a Celonis node has read, or why it could not. An empty log is one empty item. In ECS, a record that
 * cannot be read has an `error` too, which is no text.
 */
function getReading(items) {
	const { error, details } = items[0].json;
	if (typeof error === 'string') return { items: [], problem: joinTexts(error, details) };
	return { items: items.map(({ json }) => json).filter((json) => Object.keys(json).length > 0) };
}

/**
 * All events, as one text for each field: as items, they would take five times as long on the way from n8n to
 * this code.
 */
function getColumns() {
	const { first, ...json } = $('Log').first().json;
	const { team, error, details } = first;
	if (typeof error === 'string' && !('timestamp' in first)) {
		return { count: 0, problem: joinTexts(error, details) };
	}
	if (Object.keys(first).length === 0) return { count: 0 };
	const [timestamp, event, category, userId] = ['timestamp', 'event', 'category', 'userId'].map(
		(name) => json[`concatenated_${name}`].split(request.separator),
	);
	const count = timestamp.length;
	if ([event, category, userId].some(({ length }) => length !== count)) {
		return { count: 0, problem: 'The columns of the log have different lengths. Reload the page.' };
	}
	return { count, team, columns: { timestamp, event, category, userId } };
}

/** The names of who did something, the e-mail address first, and whether that was Celonis itself. */
function parseUserId(userId) {
	const text = userId.trim();
	if (['', 'undefined', 'null'].includes(text)) return { names: [], isSystem: false };
	const [, id = '', note = ''] = /^(.*)\(([^()]*)\)$/s.exec(text) ?? [];
	if (id && note.includes('@')) return { names: [note.trim(), id.trimEnd()], isSystem: false };
	const isSystem = id !== '' && note.trim().toUpperCase() === 'SYSTEM';
	return { names: [isSystem ? id.trimEnd() : text], isSystem };
}

/** Few people cause many events. */
function createActorParser() {
	const actors = new Map();
	return (userId) => {
		if (!actors.has(userId)) actors.set(userId, parseUserId(userId));
		return actors.get(userId);
	};
}

const joinTexts = (...texts) => texts.filter(Boolean).join('. ');
const formatTime = (time) => DateTime.fromISO(time).setZone(zone).toFormat('yyyy-MM-dd HH:mm');
const fold = (name) => String(name).toLowerCase();
const countBy = (counts, key, by = 1) => counts.set(key, (counts.get(key) ?? 0) + by);
const sortByCount = (counts) => [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));

// Events over time

/** The beginnings of the bars: hours, days, or weeks. */
function createBuckets() {
	const from = DateTime.fromISO(request.from).setZone(zone);
	const to = DateTime.fromISO(request.to).setZone(zone);
	const hours = to.diff(from, 'hours').hours;
	const step = hours <= 72 ? { hours: 1 } : hours <= 100 * 24 ? { days: 1 } : { weeks: 1 };
	const starts = [];
	for (let i = 0, at = from; at < to; i++) {
		starts.push(at.toMillis());
		at = from.plus({ [Object.keys(step)[0]]: i + 1 });
	}
	return { starts, unit: Object.keys(step)[0].slice(0, -1) };
}

/** The index of the last beginning at or before a time; most events are in the bar of the one before. */
function findBucket(starts, ms, guess) {
	let i = guess;
	while (i > 0 && ms < starts[i]) i--;
	while (i + 1 < starts.length && ms >= starts[i + 1]) i++;
	return i;
}

/** One pass over all events: how many by bar and category and by actor, and when each actor was last active. */
function countEvents({ columns, count }, { starts }) {
	const categories = new Map();
	const people = new Map();
	const exporters = new Map();
	const lastSeen = new Map();
	const parseActor = createActorParser();
	let bucket = 0;
	for (let i = 0; i < count; i++) {
		const ms = Date.parse(columns.timestamp[i]);
		if (Number.isNaN(ms)) continue;
		bucket = findBucket(starts, ms, bucket);
		const category = columns.category[i];
		let bars = categories.get(category);
		if (!bars) categories.set(category, (bars = new Array(starts.length).fill(0)));
		bars[bucket]++;
		const { names, isSystem } = parseActor(columns.userId[i]);
		const [name = 'unknown'] = names;
		if (!isSystem) countBy(people, name);
		if (columns.event[i].startsWith(ANALYSIS_EXPORT)) countBy(exporters, name);
		for (const each of names) {
			const key = fold(each);
			if (!(lastSeen.get(key) >= ms)) lastSeen.set(key, ms);
		}
	}
	return { categories, people, exporters, lastSeen };
}

/** The largest categories; the others together. */
function groupCategories(categories) {
	const sum = (bars) => bars.reduce((total, count) => total + count, 0);
	const all = [...categories]
		.map(([name, bars]) => ({ name, bars, count: sum(bars) }))
		.sort((a, b) => b.count - a.count);
	const rest = all.slice(MAX_CATEGORIES);
	if (rest.length < 2) return all;
	const bars = rest[0].bars.map((_, i) => rest.reduce((total, other) => total + other.bars[i], 0));
	const others = { name: `${rest.length} others`, bars, count: sum(bars) };
	return [...all.slice(0, MAX_CATEGORIES), others];
}

function renderTimeline(groups, { starts, unit }) {
	if (groups.length === 0) return '<p class="note">None.</p>';
	const totals = starts.map((_, i) => groups.reduce((total, { bars }) => total + bars[i], 0));
	const max = Math.max(1, ...totals);
	const label = (i) =>
		DateTime.fromMillis(starts[i])
			.setZone(zone)
			.toFormat(unit === 'hour' ? 'd LLL HH:mm' : 'd LLL yyyy');
	const rects = starts.flatMap((_, i) => {
		let y = max;
		return groups.map(({ name, bars }, group) => {
			if (bars[i] === 0) return '';
			y -= bars[i];
			const title = `${label(i)}: ${formatNumber(bars[i])} ${name}`;
			return `<rect class="c${group}" x="${i + 0.08}" y="${y}" width="0.84" height="${bars[i]}"><title>${toCell(title)}</title></rect>`;
		});
	});
	const legend = groups.map(
		({ name, count }, group) =>
			`<li><svg viewBox="0 0 1 1" aria-hidden="true"><rect class="c${group}" width="1" height="1"/></svg>${toCell(name)} <b>${formatNumber(count)}</b></li>`,
	);
	const marks = [...new Set([0, Math.floor(starts.length / 2), starts.length - 1])];
	return `<p class="note">Events per ${unit}, at most ${formatNumber(max)}</p>
<svg class="chart" role="img" aria-label="Events per ${unit} by category" viewBox="0 0 ${starts.length} ${max}" preserveAspectRatio="none">${rects.join('')}</svg>
<div class="axis">${marks.map((i) => `<span>${label(i)}</span>`).join('')}</div>
<ul class="legend">${legend.join('')}</ul>`;
}

// Noteworthy events, new admins and keys: ECS, whose severity is that of docs/events.md

/** A record that cannot be read has no severity. */
const getSeverity = ({ celonis }) => celonis?.severity ?? { level: 'unknown', reason: '' };
const getObject = ({ celonis }) => celonis?.object ?? {};
const getWho = ({ user }) => user?.email ?? user?.name ?? user?.id ?? '';
const getWhom = ({ user, group }) =>
	user?.target?.email ?? user?.target?.name ?? user?.target?.id ?? group?.name ?? group?.id ?? '';
const byTime = (a, b) => (a['@timestamp'] < b['@timestamp'] ? 1 : -1);

/** The same by the same person is one row, with its newest time and how often it happened. */
function groupSame(events) {
	const groups = new Map();
	for (const event of events) {
		const key = JSON.stringify([getSeverity(event), getWho(event), getWhom(event), event.message]);
		const group = groups.get(key);
		if (group) group.count++;
		else groups.set(key, { event, count: 1 });
	}
	return [...groups.values()];
}

const renderLeft = (count, text) =>
	count > 0 ? `<p class="note">And ${formatNumber(count)} ${text}.</p>` : '';

function renderNoteworthy(events) {
	const rank = (event) => LEVELS.indexOf(getSeverity(event).level);
	const noteworthy = events.filter((event) => rank(event) >= 0);
	noteworthy.sort((a, b) => rank(a) - rank(b) || byTime(a, b));
	const groups = groupSame(noteworthy).slice(0, MAX_NOTEWORTHY);
	const rows = groups.map(({ event, count }) => {
		const { level, reason } = getSeverity(event);
		return [
			formatTime(event['@timestamp']),
			`<span class="${level}">${level}</span>: ${toCell(reason)}`,
			toCell(getWho(event)),
			toCell(getWhom(event)),
			toCell(event.message) + (count > 1 ? ` <b>× ${formatNumber(count)}</b>` : ''),
		];
	});
	const shown = groups.reduce((total, { count }) => total + count, 0);
	const columns = { When: 14, Severity: 12, Who: 23, Whom: 23, What: 28 };
	return (
		renderTable(columns, rows, 'None.') +
		renderLeft(noteworthy.length - shown, 'of lower severity or earlier')
	);
}

function renderNewAdmins(events) {
	const admins = events.filter((event) => getSeverity(event).reason === 'Admin rights');
	const rows = admins
		.slice(0, MAX_OTHERS)
		.map((event) => [
			formatTime(event['@timestamp']),
			toCell(getWhom(event)),
			toCell(event.message),
		]);
	const none = 'Nobody was given rights of administrators.';
	return (
		renderTable({ When: 28, Whom: 34, What: 38 }, rows, none) +
		renderLeft(admins.length - rows.length, 'earlier')
	);
}

/** The keys made in the period that still exist and did nothing since, oldest first. */
function findUnusedKeys(events, lastSeen) {
	const getKey = (event) => getObject(event).id ?? getObject(event).name;
	const deleted = new Set(
		events.filter(({ event }) => KEYS_DELETED.includes(event?.action)).map(getKey),
	);
	return events
		.filter(({ event }) => KEYS_MADE.includes(event?.action))
		.filter((event) => getKey(event) === undefined || !deleted.has(getKey(event)))
		.filter((event) => {
			// An API key acts as its owner, every other key as itself.
			const names =
				event.event.action === 'USER_GENERATE_API_KEY'
					? [getWhom(event), getWho(event)]
					: [getKey(event)];
			const madeMs = Date.parse(event['@timestamp']);
			return !names.filter(Boolean).some((name) => lastSeen.get(fold(name)) > madeMs);
		})
		.reverse();
}

function renderKeys(keys) {
	const rows = keys
		.slice(0, MAX_OTHERS)
		.map((event) => [
			formatTime(event['@timestamp']),
			toCell(
				[getObject(event).type, getObject(event).name ?? getObject(event).id]
					.filter(Boolean)
					.join(' '),
			),
			toCell(getWho(event)),
		]);
	const none = 'There is no key that was made in this period and is unused.';
	return `${renderTable({ When: 28, Key: 28, 'Made by': 44 }, rows, none)}${renderLeft(keys.length - rows.length, 'newer')}
<p class="note">No event by the key since, or by the owner of an API key. The log does not show reading: ask the owner before you delete a key.</p>`;
}

// People and sign-ins

function renderPeople(people) {
	const sorted = sortByCount(people);
	const [, max = 1] = sorted[0] ?? [];
	const rows = sorted
		.slice(0, MAX_PEOPLE)
		.map(
			([name, count]) =>
				`<li><div><span>${toCell(name)}</span><b>${formatNumber(count)}</b></div><svg class="bar" aria-hidden="true" viewBox="0 0 100 1" preserveAspectRatio="none"><rect width="${((100 * count) / max).toFixed(1)}" height="1"/></svg></li>`,
		);
	return rows.length > 0
		? `<ul class="list">${rows.join('\n')}</ul>`
		: '<p class="note">Nobody.</p>';
}

/** Failed sign-ins by person and hour of the day. People type their e-mail address in any case. */
function countSignIns(logins) {
	const people = new Map();
	for (const { actor, timestamp } of logins) {
		const name = actor ?? 'unknown';
		const key = fold(name);
		if (!people.has(key)) people.set(key, { name, count: 0, hours: new Array(24).fill(0) });
		const person = people.get(key);
		person.count++;
		person.hours[DateTime.fromISO(timestamp).setZone(zone).hour]++;
	}
	return [...people.values()].sort((a, b) => b.count - a.count);
}

function renderSignIns(people) {
	if (people.length === 0) return '<p class="note">None.</p>';
	const rows = people.slice(0, MAX_OTHERS).map(({ name, count, hours }) => {
		const max = Math.max(...hours);
		const cells = hours.map((hits, hour) => {
			if (hits === 0) return `<rect x="${hour + 0.06}" width="0.88" height="1"/>`;
			const opacity = (0.35 + (0.65 * hits) / max).toFixed(2);
			return `<rect class="hit" x="${hour + 0.06}" width="0.88" height="1" opacity="${opacity}"><title>${hour}:00 to ${hour}:59: ${hits}</title></rect>`;
		});
		return `<li><div><span>${toCell(name)}</span><b>${formatNumber(count)}</b></div><svg class="hours" role="img" aria-label="Failed sign-ins by hour" viewBox="0 0 24 1" preserveAspectRatio="none">${cells.join('')}</svg></li>`;
	});
	const axis =
		'<div class="axis"><span>0:00</span><span>6:00</span><span>12:00</span><span>18:00</span><span>24:00</span></div>';
	return `<ul class="list">${rows.join('\n')}</ul>${axis}${renderLeft(people.length - rows.length, 'more')}`;
}

// The page

function renderSection(id, title, content, problem) {
	const inner = problem
		? `<p class="high">Could not be read.</p><p>${toCell(problem, 600)}</p>`
		: content;
	return `<section id="${id}"><h2>${title}</h2>${inner}</section>`;
}

function renderTile(number, text) {
	return `<div class="tile"><b>${number === null ? '–' : formatNumber(number)}</b><span>${text}</span></div>`;
}

function renderNavigation() {
	const link = (query, text, isCurrent) =>
		isCurrent ? `<b>${text}</b>` : `<a href="?${query}">${text}</a>`;
	const ofTeam = request.team === null ? '' : `&amp;team=${encodeURIComponent(request.team)}`;
	const periods = Object.entries(PERIODS).map(([period, text]) =>
		link(`period=${period}${ofTeam}`, text, period === request.period),
	);
	const teams = request.teams.map((team) =>
		link(
			`period=${request.period}&amp;team=${encodeURIComponent(team)}`,
			toCell(team),
			team === request.team,
		),
	);
	return [periods, ...(teams.length > 1 ? [teams] : [])]
		.map((links) => `<nav>${links.join('\n')}</nav>`)
		.join('\n');
}

function renderDashboard(audit, changes, logins, isComplete) {
	const buckets = createBuckets();
	const { categories, people, exporters, lastSeen } = countEvents(audit, buckets);
	const events = changes.items.sort(byTime);
	const signIns = countSignIns(logins.items);
	const keys = findUnusedKeys(events, lastSeen);
	const grave = (level) => events.filter((event) => getSeverity(event).level === level).length;
	const team = audit.team ?? request.team ?? '';
	const tiles = [
		renderTile(audit.count, audit.count === 1 ? 'event' : 'events'),
		renderTile(
			people.size,
			people.size === 1 ? 'active person or application' : 'active people and applications',
		),
		renderTile(changes.problem ? null : grave('critical') + grave('high'), 'critical or high'),
		renderTile(changes.problem ? null : grave('medium'), 'medium'),
		renderTile(
			logins.problem ? null : logins.items.length,
			logins.items.length === 1 ? 'failed sign-in' : 'failed sign-ins',
		),
	];
	return renderPage(
		`Audit log of ${team || 'Celonis'}`,
		`<header><h1>Audit log ${team && `of ${toCell(team)}`}</h1>
<p>${formatTime(request.from)} to ${formatTime(request.to)} (${escapeHtml(zone)})</p></header>
${renderNavigation()}
<div class="tiles">${tiles.join('\n')}</div>
${renderSection('time', 'Events over time', renderTimeline(groupCategories(categories), buckets))}
${renderSection('noteworthy', 'Noteworthy events', renderNoteworthy(events), changes.problem)}
<div class="columns">
${renderSection('admins', 'New administrators', renderNewAdmins(events), changes.problem)}
${renderSection('keys', 'Keys made and not used since', renderKeys(keys), changes.problem)}
${renderSection('sign-ins', 'Failed sign-ins by person and hour', renderSignIns(signIns), logins.problem)}
${renderSection('people', 'Most active', renderPeople(people))}
${renderSection('exports', 'Most exports of analyses', renderPeople(exporters))}
</div>
<footer>Read from Celonis by n8n.${isComplete ? ' Reloading within a minute shows the same page.' : ''}</footer>`,
	);
}

/** Keeps the newest pages, without those that have expired. */
function keepPage(html) {
	const data = $getWorkflowStaticData('global');
	const now = $now.toMillis();
	const { period, team } = request;
	const others = (data.pages ?? []).filter(
		(page) => page.expires > now && !(page.period === period && page.team === team),
	);
	const page = { period, team, expires: now + CACHE_SECONDS * 1000, html };
	data.pages = [page, ...others].slice(0, MAX_PAGES);
}

const audit = getColumns();
const changes = getReading($('Noteworthy events').all());
const logins = getReading($('Failed sign-ins').all());
if (audit.problem) {
	const message = `<header><h1>The audit log could not be read</h1></header><section><p>${toCell(audit.problem, 600)}</p></section>`;
	return [{ json: { status: 502, html: renderPage('Audit log: error', message) } }];
}
// A page that lacks a part is not kept: the next one may have it.
const isComplete = !changes.problem && !logins.problem;
const html = renderDashboard(audit, changes, logins, isComplete);
if (isComplete) keepPage(html);
return [{ json: { status: 200, html } }];
