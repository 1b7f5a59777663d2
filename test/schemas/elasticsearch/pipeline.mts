import { isObject } from '../fields.mts';
import type { Pipeline } from './template.mts';

/** A document on its way into an index. */
export interface Ingested {
	readonly id?: string;
	readonly source: Record<string, unknown>;
}

/** Runs the kinds of processors that the project's pipeline has; any other is an error. */
export function runPipeline(pipeline: Pipeline, document: Ingested, nowMs: number): Ingested {
	let { id } = document;
	const source = structuredClone(document.source);
	for (const processor of pipeline.processors) {
		for (const [name, settings] of Object.entries(processor)) {
			if (name === 'pipeline' && settings.ignore_missing_pipeline === true) continue;
			if (name !== 'set') throw new Error(`No processor type exists with name [${name}]`);
			const { field, value, copy_from: from, override = true, ignore_empty_value } = settings;
			const path = String(field);
			const existing = path === '_id' ? id : getAt(source, path);
			if (override === false && existing !== undefined) continue;
			const next = from === undefined ? render(value, nowMs) : getAt(source, String(from));
			const isEmpty = next === undefined || next === null || next === '';
			if (isEmpty && ignore_empty_value === true) continue;
			if (isEmpty) throw new Error(`field [${String(from)}] not present as part of path`);
			if (path === '_id') id = String(next);
			else setAt(source, path, next);
		}
	}
	return { id, source };
}

function render(value: unknown, nowMs: number): unknown {
	return value === '{{{_ingest.timestamp}}}' ? new Date(nowMs).toISOString() : value;
}

function getAt(source: Record<string, unknown>, path: string): unknown {
	let value: unknown = source;
	for (const name of path.split('.')) value = isObject(value) ? value[name] : undefined;
	return value;
}

function setAt(source: Record<string, unknown>, path: string, value: unknown): void {
	const names = path.split('.');
	const last = names.pop()!;
	let inner = source;
	for (const name of names) {
		if (!isObject(inner[name])) inner[name] = {};
		inner = inner[name] as Record<string, unknown>;
	}
	inner[last] = value;
}
