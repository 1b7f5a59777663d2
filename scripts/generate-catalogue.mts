/**
 * Generates the typed module of event names from `data/celonis-audit-events.json` (category → event
 * names, as Celonis documents them). Run it after a change of the data: `npm run catalogue`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const resolvePath = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Categories of opt-in events, and the category that contains them in the nodes. */
const MERGED_CATEGORIES: Readonly<Record<string, string>> = {
	'Data Integration (extensive audit logging, opt-in)': 'Data Integration',
};

type NamesByCategory = Readonly<Record<string, readonly string[]>>;

/** The event names by category. A name that is listed twice is in its first category. */
export function mergeCategories(namesByCategory: NamesByCategory): Map<string, string[]> {
	const known = new Set<string>();
	const merged = new Map<string, string[]>();
	for (const [listedCategory, names] of Object.entries(namesByCategory)) {
		const category = MERGED_CATEGORIES[listedCategory] ?? listedCategory;
		const newNames = names.filter((name) => !known.has(name) && known.add(name));
		merged.set(category, [...(merged.get(category) ?? []), ...newNames].sort());
	}
	return merged;
}

/** The source of the module. */
export function renderCatalogue(namesByCategory: NamesByCategory): string {
	const quote = (text: string) => `'${text}'`;
	const blocks = [...mergeCategories(namesByCategory)].map(
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

export const DATA_PATH = resolvePath('../data/celonis-audit-events.json');
export const MODULE_PATH = resolvePath('../nodes/Celonis/sources/auditLog/catalogue.generated.ts');

/** The source of the module for the current data. */
export const renderFromData = () =>
	renderCatalogue(JSON.parse(readFileSync(DATA_PATH, 'utf8')) as NamesByCategory);

if (process.argv[1] === fileURLToPath(import.meta.url))
	writeFileSync(MODULE_PATH, renderFromData());
