// @include ../shared/html.cjs
// @include ../shared/page.cjs

// How far back to look for who granted a permission, and for when a key was made.
const MONTHS = 25;
const FORMATS = ['page', 'csv'];
// What may be between the cells of the CSV file. Excel expects `;` where the comma is in numbers.
const SEPARATORS = [',', ';'];

/** What is wrong with the query of the request, if anything is. */
function findProblem({ format, separator, ...others }) {
	const [other] = Object.keys(others);
	if (other !== undefined) {
		return `There is no parameter "${other}". Known are format and separator.`;
	}
	if (format !== undefined && !FORMATS.includes(format)) {
		return `"${format}" is not a format. Write page or csv.`;
	}
	if (separator === undefined) return undefined;
	if (format !== 'csv') return 'Only the format csv has a separator.';
	return SEPARATORS.includes(separator)
		? undefined
		: `"${separator}" is not a separator. Write , or ; in the address.`;
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
const { format = 'page', separator = ',' } = query;
return [{ json: { format, separator, from, to: $now.toISO() } }];
