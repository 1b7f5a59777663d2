import type { SimulatedResponse } from '../responses.mts';

/** HTML in which everything from outside is escaped. */
export class Html {
	constructor(readonly text: string) {}
}

type Part = Html | readonly Html[] | string | number | null | undefined;

/** Builds HTML; texts and numbers among the values are escaped. */
export function markup(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
	return new Html(strings.reduce((text, next, i) => `${text}${render(values[i - 1])}${next}`));
}

function render(value: Part): string {
	if (value instanceof Html) return value.text;
	if (Array.isArray(value)) return value.map(render).join('\n');
	return String(value ?? '').replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** A table with a line for each row; a message if there is none. */
export function htmlTable(
	head: readonly Part[],
	rows: ReadonlyArray<readonly Part[]>,
	whenEmpty: string,
): Html {
	if (rows.length === 0) return markup`<p>${whenEmpty}</p>`;
	return markup`<table>
<tr>
${head.map((cell) => markup`<th>${cell}</th>`)}
</tr>
${rows.map(
	(row) =>
		markup`<tr>
${row.map((cell) => markup`<td>${cell}</td>`)}
</tr>`,
)}
</table>`;
}

/** A page that loads nothing else. */
export function htmlPage(title: string, content: Html): SimulatedResponse {
	const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width" />
<link rel="icon" href="data:," />
<title>${title}</title>
<style>
:root {
color-scheme: light dark;
}
body {
font: 14px/1.4 sans-serif;
margin: 2em;
max-width: 75em;
}
table {
border-collapse: collapse;
margin-bottom: 2em;
}
th,
td {
border: 1px solid #8888;
padding: 2px 6px;
text-align: left;
vertical-align: top;
}
td {
max-width: 30em;
overflow-wrap: anywhere;
}
td:first-child {
min-width: 13em;
}
</style>
</head>
<body>
<h1>${title}</h1>
${content}
</body>
</html> `;
	return {
		status: 200,
		headers: {
			'content-type': 'text/html;charset=UTF-8',
			'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
		},
		body: page.text,
	};
}
