/** The look of all pages: light, dark and on paper, from a phone's width on. */
const STYLE = `
:root {
	color-scheme: light dark;
	--paper: #f5f6f8; --card: #fff; --ink: #1b2330; --soft: #566072; --line: #dde1e8; --link: #1f5fbf;
	--c0: #3b6fd4; --c1: #d97f1f; --c2: #26916b; --c3: #9355b0; --c4: #c2475a; --c5: #8c96a8;
	--critical: #8f1020; --high: #c2372f; --medium: #96620a; --bar: #3b6fd4;
}
@media (prefers-color-scheme: dark) {
	:root {
		--paper: #12161d; --card: #1b212b; --ink: #e6eaf1; --soft: #9fabbd; --line: #313a48; --link: #8db8ff;
		--c0: #6f9bf2; --c1: #eba257; --c2: #4dbd93; --c3: #bd8ad6; --c4: #e27a8a; --c5: #7d889b;
		--critical: #ff8d98; --high: #ff9a8a; --medium: #e9b860; --bar: #6f9bf2;
	}
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 20px 16px 40px; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 22px; margin: 0; }
h2 { font-size: 16px; margin: 0 0 10px; }
a { color: var(--link); }
p { margin: 0 0 10px; }
header p, footer, .note, .axis { color: var(--soft); font-size: 13px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 14px; margin: 8px 0 16px; }
nav b { border-bottom: 2px solid var(--link); }
section, .tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
section, .tiles { margin-bottom: 14px; }
.tiles { display: grid; gap: 14px; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); }
.columns { columns: 400px 2; column-gap: 14px; }
.columns section { break-inside: avoid; }
.tile b { display: block; font-size: 24px; line-height: 1.2; }
.tile span { color: var(--soft); font-size: 13px; }
svg { display: block; width: 100%; }
.chart { height: 180px; border-bottom: 1px solid var(--line); }
.axis { display: flex; justify-content: space-between; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 8px 0 0; padding: 0; list-style: none; font-size: 13px; }
.legend svg { display: inline-block; width: 10px; height: 10px; margin-right: 6px; }
.c0 { fill: var(--c0); } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); } .c3 { fill: var(--c3); } .c4 { fill: var(--c4); } .c5 { fill: var(--c5); }
.bar { height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; } .bar rect { fill: var(--bar); }
.hours { height: 16px; } .hours rect { fill: var(--line); } .hours .hit { fill: var(--high); }
.list { margin: 0; padding: 0; list-style: none; } .list li { margin-bottom: 9px; }
.list div { display: flex; justify-content: space-between; gap: 12px; overflow-wrap: anywhere; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: 13px; }
th { color: var(--soft); font-weight: 600; font-size: 12px; text-align: left; }
th, td { padding: 6px 10px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th, td, li { overflow-wrap: anywhere; unicode-bidi: isolate; }
td.when { font-variant-numeric: tabular-nums; }
.critical { color: var(--critical); font-weight: 700; } .high { color: var(--high); font-weight: 700; } .medium { color: var(--medium); font-weight: 600; }
@media (max-width: 640px) {
	thead { display: none; }
	table, tbody { display: block; }
	tr { display: block; border-bottom: 1px solid var(--line); padding: 6px 0; }
	td { display: block; border: 0; padding: 1px 0; }
	td:empty { display: none; }
	td[data-name]::before { content: attr(data-name) ": "; color: var(--soft); font-size: 12px; }
}
@media print {
	:root {
		color-scheme: light;
		--paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --link: #000;
		--c0: #3b6fd4; --c1: #d97f1f; --c2: #26916b; --c3: #9355b0; --c4: #c2475a; --c5: #8c96a8;
		--critical: #8f1020; --high: #c2372f; --medium: #96620a; --bar: #3b6fd4;
	}
	@page { margin: 14mm; }
	body { max-width: none; padding: 0; font-size: 11px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
	nav { display: none; }
	table { font-size: 9px; } th, .note, .axis, .legend, .tile span, header p, footer { font-size: 9.5px; }
	.tiles { gap: 8px; grid-template-columns: repeat(auto-fit, minmax(100px, 1fr)); }
	.tile b { font-size: 18px; }
	.columns { columns: 290px 2; column-gap: 8px; }
	.chart { height: 150px; }
	section, .tile { padding: 8px 10px; } section, .tiles { margin-bottom: 8px; }
	th, td { padding: 4px 6px 4px 0; }
	h2 { break-after: avoid; } tr, li, .tile, .chart { break-inside: avoid; }
	section, .tile { border-radius: 0; }
}
`;

/**
 * A whole page. Its policy allows nothing but this style: no scripts, no images, no requests. n8n sends a
 * Content-Security-Policy of its own and does not let a workflow set one, so this one is in the page.
 */
function renderPage(title, body) {
	const nonce = Array.from({ length: 4 }, () => Math.random().toString(36).slice(2)).join('');
	const policy = `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${toCell(title)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/**
 * A table. `columns` has their names and widths in percent; each cell is HTML. Without rows, it is the text
 * instead.
 */
function renderTable(columns, rows, none) {
	if (rows.length === 0) return `<p class="note">${none}</p>`;
	const names = Object.keys(columns);
	const widths = Object.values(columns).map((percent) => `<col width="${percent}%">`);
	const head = names.map((name) => `<th scope="col">${name}</th>`).join('');
	const body = rows
		.map((cells) => `<tr>${cells.map((cell, i) => renderCell(names[i], cell)).join('')}</tr>`)
		.join('\n');
	return `<table><colgroup>${widths.join('')}</colgroup><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

function renderCell(name, html) {
	const isTime = name === 'When';
	return `<td${isTime ? ' class="when"' : ` data-name="${name}"`}>${html}</td>`;
}
