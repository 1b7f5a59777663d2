// @include ../shared/html.cjs
// @include ../shared/page.cjs

// How far back to look for who granted a permission, and for when a key was made.
const MONTHS = 25;
const FORMATS = ['page', 'csv'];

/** What is wrong with the query of the request, if anything is. */
function findProblem(query) {
	for (const [name, value] of Object.entries(query)) {
		if (name !== 'format') return `There is no parameter "${name}". Known is format.`;
		if (!FORMATS.includes(value)) return `"${value}" is not a format. Write page or csv.`;
	}
	return undefined;
}

const query = $input.first().json.query ?? {};
const problem = findProblem(query);
if (problem !== undefined) {
	const body = `<header><h1>This request cannot be answered</h1></header>
<section><p>${toCell(problem, 500)}</p><p><a href="?format=page">Show the review</a></p></section>`;
	const body400 = renderPage('Access review: bad request', body);
	return [{ json: { status: 400, type: 'text/html', disposition: 'inline', body: body400 } }];
}
const from = $now.startOf('day').minus({ months: MONTHS }).toISO();
return [{ json: { format: query.format ?? 'page', from, to: $now.toISO() } }];
