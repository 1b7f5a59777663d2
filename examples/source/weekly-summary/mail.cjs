// @include ../shared/html.cjs

// How many rows the lists have at most.
const MAX_PEOPLE = 8;
const MAX_NOTEWORTHY = 12;
const LEVELS = ['critical', 'high', 'medium'];
const COLORS = {
	now: '#3b6fd4',
	before: '#c3cbd9',
	ink: '#1b2330',
	soft: '#5a6475',
	line: '#dde1e8',
};
const LEVEL_COLORS = { critical: '#8f1020', high: '#c2372f', medium: '#96620a' };

const zone = $now.zoneName;
const today = $now.startOf('day');
const thisWeek = { from: today.minus({ days: 7 }), to: today };
const lastWeek = { from: today.minus({ days: 14 }), to: thisWeek.from };

/** The items of a Celonis node; an empty log is one empty item. */
const getItems = (input) =>
	input
		.map(({ json }) => json)
		.filter((json) => Object.keys(json).length > 0)
		// A record that cannot be read may have no time: nobody knows its week.
		.filter((json) => !Number.isNaN(Date.parse(json['@timestamp'] ?? json.timestamp)));

const formatTime = (time) => DateTime.fromISO(time).setZone(zone).toFormat('ccc d LLL HH:mm');
const sum = (rows) => rows.reduce((total, { now }) => total + now, 0);

/** Events of this week and of the week before, by what `getKey` says; those with most events first. */
function countByWeek(events, getKey) {
	const start = thisWeek.from.toMillis();
	const rows = new Map();
	for (const event of events) {
		const key = getKey(event);
		if (key === undefined) continue;
		if (!rows.has(key)) rows.set(key, { name: key, now: 0, before: 0 });
		rows.get(key)[Date.parse(event.timestamp) >= start ? 'now' : 'before']++;
	}
	return [...rows.values()].sort((a, b) => b.now - a.now || b.before - a.before);
}

/** The seven days of this week; the same weekday of the week before is beside each. */
function countByDay(events) {
	const days = Array.from({ length: 7 }, (_, i) => thisWeek.from.plus({ days: i }));
	const rows = days.map((day) => ({ name: day.toFormat('ccc d LLL'), now: 0, before: 0 }));
	const starts = days.map((day) => day.toMillis());
	const startsBefore = days.map((day) => day.minus({ days: 7 }).toMillis());
	for (const { timestamp } of events) {
		const ms = Date.parse(timestamp);
		const isNow = ms >= starts[0];
		const index = (isNow ? starts : startsBefore).findLastIndex((start) => start <= ms);
		if (index >= 0) rows[index][isNow ? 'now' : 'before']++;
	}
	return rows;
}

const getPerson = ({ actor }) =>
	actor?.type === 'system' ? undefined : (actor?.email ?? actor?.id ?? 'unknown');

/** `+12%`, or nothing if there is no week before to compare with. */
function formatChange({ now, before }) {
	if (before === 0) return now > 0 ? 'new' : '';
	const percent = Math.round((100 * (now - before)) / before);
	return percent === 0 ? '±0%' : `${percent > 0 ? '+' : '−'}${formatNumber(Math.abs(percent))}%`;
}

// HTML: tables with inline styles, as mail programs show them

const FONT = 'font-family:Arial,Helvetica,sans-serif';
const cell = (html, style = '') =>
	`<td style="${FONT};font-size:14px;color:${COLORS.ink};padding:4px 8px 4px 0;vertical-align:top;${style}">${html}</td>`;

/** A bar, in percent of the widest one. Mail programs show tables with colours, but no SVG. */
const bar = (count, max, color) => {
	const percent = count === 0 ? 0 : Math.max(1, Math.round((100 * count) / max));
	const part = (width, background) =>
		width === 0
			? ''
			: `<td width="${width}%" height="6"${background} style="font-size:0;line-height:0">&nbsp;</td>`;
	const parts = part(percent, ` bgcolor="${color}"`) + part(100 - percent, '');
	return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${parts}</tr></table>`;
};

/** A row for each name: this week above the week before, both numbers, and the change. */
function renderBars(rows) {
	const max = Math.max(1, ...rows.flatMap(({ now, before }) => [now, before]));
	const body = rows.map((row) => {
		const numbers = `${formatNumber(row.now)} <span style="color:${COLORS.soft}">/ ${formatNumber(row.before)}</span>`;
		const bars = bar(row.now, max, COLORS.now) + bar(row.before, max, COLORS.before);
		const right = 'text-align:right;white-space:nowrap;vertical-align:bottom';
		return `<tr>${cell(toCell(row.name) + bars, 'word-break:break-word')}${cell(numbers, right)}${cell(formatChange(row), `${right};color:${COLORS.soft}`)}</tr>`;
	});
	return `<table width="100%" cellpadding="0" cellspacing="0" border="0"><colgroup><col><col width="90"><col width="52"></colgroup>${body.join('\n')}</table>`;
}

function renderNoteworthy(events) {
	const rows = events.map((event) => {
		const { level, reason } = event.celonis.severity;
		const label = `<b style="color:${LEVEL_COLORS[level]}">${level}</b> ${toCell(reason)}`;
		const time = `<span style="color:${COLORS.soft}">${formatTime(event['@timestamp'])}</span>`;
		return `<tr>${cell(`${label} &nbsp;${time}<br>${toCell(event.message)}`, 'word-break:break-word')}</tr>`;
	});
	return `<table width="100%" cellpadding="0" cellspacing="0" border="0">${rows.join('\n')}</table>`;
}

function renderHtml(report) {
	const title = (text) =>
		`<h2 style="${FONT};font-size:16px;color:${COLORS.ink};margin:22px 0 6px">${text}</h2>`;
	const note = (html) =>
		`<p style="${FONT};font-size:13px;color:${COLORS.soft};margin:0 0 6px">${html}</p>`;
	const { days, categories, people, noteworthy, total, team } = report;
	// A host and nothing else becomes a link.
	const isHost = /^[a-z\d.-]+(:\d+)?$/i.test(team ?? '');
	const link = isHost
		? note(
				`In Celonis: <a href="https://${team}/">${team}</a>, <b>Admin &amp; Settings → Audit Logs</b>`,
			)
		: '';
	const left = noteworthy.length - MAX_NOTEWORTHY;
	return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(report.subject)}</title></head>
<body style="margin:0;padding:0;background:#f5f6f8" bgcolor="#f5f6f8">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:640px;background:#ffffff;border:1px solid ${COLORS.line}" bgcolor="#ffffff"><tr><td style="padding:20px 22px">
<h1 style="${FONT};font-size:20px;color:${COLORS.ink};margin:0 0 4px">${formatCount(total.now, 'event')} last week</h1>
${note(`${escapeHtml(report.period)}: ${total.before === 0 ? 'no events' : `${formatChange(total)}, ${formatNumber(total.before)}`} in the week before`)}
${link}
${title('By day')}${note(`<span style="color:${COLORS.now}">■</span> last week &nbsp; <span style="color:${COLORS.before}">■</span> the week before`)}${renderBars(days)}
${title('Noteworthy')}${noteworthy.length > 0 ? renderNoteworthy(noteworthy.slice(0, MAX_NOTEWORTHY)) : note('Nothing of medium severity or above.')}${left > 0 ? note(`And ${formatNumber(left)} more.`) : ''}
${title('By category')}${renderBars(categories)}
${title('Most active')}${renderBars(people.slice(0, MAX_PEOPLE))}
</td></tr></table>
</td></tr></table>
</body></html>
`;
}

// Plain text

function renderText({ days, categories, people, noteworthy, total, period, team }) {
	const line = (row) =>
		`  ${formatNumber(row.now).padStart(8)} ${`(${formatNumber(row.before)})`.padStart(10)}  ${toLine(row.name)}`;
	const left = noteworthy.length - MAX_NOTEWORTHY;
	const list = (title, lines) => [title, ...(lines.length > 0 ? lines : ['  none']), ''];
	return [
		`${formatCount(total.now, 'event')} last week, ${total.before === 0 ? 'none' : formatNumber(total.before)} in the week before`,
		[period, team]
			.filter(Boolean)
			.map((text) => toLine(text))
			.join(', '),
		'',
		...list('By day (the week before)', days.map(line)),
		...list('Noteworthy', [
			...noteworthy
				.slice(0, MAX_NOTEWORTHY)
				.map(
					(event) =>
						`  ${formatTime(event['@timestamp'])}  ${event.celonis.severity.level}: ${toLine(event.message)}`,
				),
			...(left > 0 ? [`  and ${formatNumber(left)} more`] : []),
		]),
		...list('By category (the week before)', categories.map(line)),
		...list('Most active (the week before)', people.slice(0, MAX_PEOPLE).map(line)),
	].join('\n');
}

const events = getItems($('Last two weeks').all());
const rank = (event) => LEVELS.indexOf(event.celonis?.severity?.level);
const noteworthy = getItems($('Noteworthy events').all()).filter((event) => rank(event) >= 0);
noteworthy.sort((a, b) => rank(a) - rank(b) || (a['@timestamp'] < b['@timestamp'] ? 1 : -1));
const categories = countByWeek(events, ({ category }) => category ?? 'Other');
const period = `${thisWeek.from.toFormat('d LLLL')} to ${thisWeek.to.minus({ days: 1 }).toFormat('d LLLL yyyy')}`;
const report = {
	subject: `Celonis audit log, ${period}`,
	period,
	team: events[0]?.team,
	total: { now: sum(categories), before: events.length - sum(categories) },
	days: countByDay(events),
	categories,
	people: countByWeek(events, getPerson).filter(({ now }) => now > 0),
	noteworthy,
};
return [{ json: { subject: report.subject, html: renderHtml(report), text: renderText(report) } }];
