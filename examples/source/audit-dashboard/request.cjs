// @include ../shared/html.cjs
// @include ../shared/page.cjs

// The teams that may be chosen with ?team=…, the first by default. With one team, leave the list empty.
// With several, the Celonis credential takes its values from here: see the note.
const TEAMS = [];
const DEFAULT_PERIOD = '7d';
const MAX_DAYS = 400;
const KNOWN_PARAMETERS = ['period', 'team'];

/** A request that cannot be answered; the message is shown on the page. */
class BadRequest extends Error {}

/** The query of the request. What is not understood is an error, so that no page shows something else. */
function parseQuery(query) {
	for (const [name, value] of Object.entries(query)) {
		if (!KNOWN_PARAMETERS.includes(name)) {
			throw new BadRequest(`There is no parameter "${name}". Known are period and team.`);
		}
		if (typeof value !== 'string') throw new BadRequest(`"${name}" may appear only once.`);
	}
	return { ...parsePeriod(query.period ?? DEFAULT_PERIOD), team: parseTeam(query.team) };
}

/** `24h` is this hour and the 23 before it, `7d` is today and the six days before it. */
function parsePeriod(period) {
	const [, digits, unit] = /^([1-9]\d{0,3})(h|d)$/.exec(period) ?? [];
	const count = Number(digits);
	const days = unit === 'h' ? count / 24 : count;
	if (unit === undefined || days > MAX_DAYS) {
		throw new BadRequest(
			`"${period}" is not a period. Write hours such as 24h or days such as 30d, at most ${MAX_DAYS}d.`,
		);
	}
	const name = unit === 'h' ? 'hour' : 'day';
	const from = $now.startOf(name).minus({ [name]: count - 1 });
	return { period, from: from.toISO(), to: $now.toISO() };
}

/**
 * What the node Columns puts between the values of a column. Nobody can foresee it, so no name in the log
 * contains it.
 */
const createSeparator = () => `¶${Math.random().toString(36).slice(2, 10)}`;

function parseTeam(team) {
	if (team === undefined) return TEAMS[0] ?? null;
	if (!TEAMS.includes(team)) {
		throw new BadRequest(`"${team}" is not one of the teams that this page may show.`);
	}
	return team;
}

/** The page that was made for the same request within the last minute. */
function findCachedPage({ period, team }) {
	const { pages = [] } = $getWorkflowStaticData('global');
	return pages.find(
		(page) => page.period === period && page.team === team && page.expires > $now.toMillis(),
	);
}

function renderError(message) {
	return renderPage(
		'Audit log: bad request',
		`<header><h1>This request cannot be answered</h1></header>
<section><p>${toCell(message, 500)}</p><p><a href="?period=${DEFAULT_PERIOD}">Show the last 7 days</a></p></section>`,
	);
}

try {
	const request = parseQuery($input.first().json.query ?? {});
	const cached = findCachedPage(request);
	if (cached) return [{ json: { status: 200, html: cached.html } }];
	return [{ json: { ...request, teams: TEAMS, separator: createSeparator() } }];
} catch (error) {
	if (!(error instanceof BadRequest)) throw error;
	return [{ json: { status: 400, html: renderError(error.message) } }];
}
