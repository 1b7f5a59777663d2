/**
 * Turns `data/celonis-audit-events.json` (category → event names, as Celonis documents them) into
 * the typed module that the nodes use. Run it after a change of the data: `npm run catalogue`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Events that a team must opt in to; for a reader of the log they are Data Integration. */
const MERGED_CATEGORIES: Readonly<Record<string, string>> = {
	'Data Integration (extensive audit logging, opt-in)': 'Data Integration',
};

type Listing = Readonly<Record<string, readonly string[]>>;

/** Each name once, in the first category that lists it. */
export function mergeCategories(listing: Listing): Map<string, string[]> {
	const placed = new Set<string>();
	const merged = new Map<string, string[]>();
	for (const [listed, names] of Object.entries(listing)) {
		const category = MERGED_CATEGORIES[listed] ?? listed;
		const fresh = names.filter((name) => !placed.has(name) && placed.add(name));
		merged.set(category, [...(merged.get(category) ?? []), ...fresh].sort());
	}
	return merged;
}

/** The text of the generated module. */
export function renderCatalogue(listing: Listing): string {
	const quote = (text: string) => `'${text}'`;
	const blocks = [...mergeCategories(listing)].map(
		([category, names]) =>
			`\t${quote(category)}: [\n${names.map((name) => `\t\t${quote(name)},`).join('\n')}\n\t],`,
	);
	return [
		'// Generated from data/celonis-audit-events.json by `npm run catalogue`. Do not edit.',
		'',
		'/** The documented audit events by category. Source: docs.celonis.com, "Audit logs – event details". */',
		'export const CATALOGUE = {',
		...blocks,
		'} as const;',
		'',
	].join('\n');
}

export const DATA_PATH = pathOf('../data/celonis-audit-events.json');
export const MODULE_PATH = pathOf('../nodes/Celonis/sources/auditLog/catalogue.generated.ts');

/** The module as it should be for the data at hand. */
export const renderFromData = () =>
	renderCatalogue(JSON.parse(readFileSync(DATA_PATH, 'utf8')) as Listing);

if (process.argv[1] === fileURLToPath(import.meta.url))
	writeFileSync(MODULE_PATH, renderFromData());
