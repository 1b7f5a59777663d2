import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import listing from '../../../../data/celonis-audit-events.json' with { type: 'json' };
import { getCategory } from '../../../../nodes/Celonis/sources/auditLog/catalogue';
import { CATALOGUE } from '../../../../nodes/Celonis/sources/auditLog/catalogue.generated';
import { MODULE_PATH, renderFromData } from '../../../../scripts/generate-catalogue.mts';

const names = Object.values(CATALOGUE).flat();

describe('the catalogue', () => {
	it('is up to date with the data', () => {
		expect(readFileSync(MODULE_PATH, 'utf8')).toBe(renderFromData());
	});

	it('has each of the 313 documented names once', () => {
		expect(names).toHaveLength(313);
		expect(new Set(names)).toEqual(new Set(Object.values(listing).flat()));
	});

	it('counts the opt-in events of Data Integration as Data Integration', () => {
		expect(Object.keys(CATALOGUE)).toHaveLength(Object.keys(listing).length - 1);
		const [optIn] = listing['Data Integration (extensive audit logging, opt-in)'];
		expect(getCategory(optIn)).toBe('Data Integration');
	});

	it('uses the first category of a name that is listed twice', () => {
		const firstCategories = new Map<string, string>();
		for (const [category, list] of Object.entries(listing)) {
			for (const name of list) if (!firstCategories.has(name)) firstCategories.set(name, category);
		}
		for (const name of ['SKILL_CREATED', 'SKILL_DELETED', 'ANALYSIS_EXPORT_AUDIT_LOG_EVENT']) {
			expect(getCategory(name)).toBe(firstCategories.get(name));
		}
	});

	it.each([
		['ADMIN USER INVITED', 'Admin and Settings'],
		['STUDIO_NODE_UPDATED', 'Studio'],
		['A_FEATURE_OF_NEXT_YEAR', 'Other'],
		['constructor', 'Other'],
		[undefined, 'Other'],
	])('has the category of %s: %s', (name, category) => {
		expect(getCategory(name)).toBe(category);
	});
});
