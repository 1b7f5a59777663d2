import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findEmptyFields, parseFieldPath, pickFields } from '../../../nodes/Celonis/output/fields';

const pick = (from: Record<string, unknown>, ...paths: string[]) =>
	pickFields(from, paths.map(parseFieldPath));

const event = {
	event: 'PERMISSIONS_UPDATE',
	actor: { id: 'u1', email: 'ada@example.com', type: 'user' },
	message: { 'application-key-id': 'k', 'a.b': 1, deep: { er: { est: 2 }, list: [{ c: 3 }] } },
	ipAddress: null,
};

describe('pickFields', () => {
	it.each<[string[], unknown]>([
		[['event'], { event: 'PERMISSIONS_UPDATE' }],
		[['ipAddress', 'event'], { ipAddress: null, event: 'PERMISSIONS_UPDATE' }],
		[['actor.email', 'actor.id'], { actor: { email: 'ada@example.com', id: 'u1' } }],
		[['actor', 'actor.id'], { actor: event.actor }],
		[['actor.id', 'actor'], { actor: event.actor }],
		[['message.deep.er.est'], { message: { deep: { er: { est: 2 } } } }],
		[
			['message.a.b', 'message.application-key-id'],
			{ message: { 'a.b': 1, 'application-key-id': 'k' } },
		],
		[['message.deep.list'], { message: { deep: { list: [{ c: 3 }] } } }],
		[[' actor . id '], { actor: { id: 'u1' } }],
		[
			['nothing', 'actor.nothing', 'event.length', 'ipAddress.x'],
			{ nothing: null, actor: { nothing: null }, event: { length: null }, ipAddress: { x: null } },
		],
		[['ipAddress', 'ipAddress.x', 'actor', 'actor.x'], { ipAddress: null, actor: event.actor }],
		[['ipAddress.x', 'ipAddress', 'actor.x', 'actor'], { ipAddress: null, actor: event.actor }],
		[['toString', 'constructor.name'], { toString: null, constructor: { name: null } }],
	])('picks %j', (paths, expected) => {
		expect(pick(event, ...paths)).toEqual(expected);
	});

	it('has null for a missing field named __proto__', () => {
		const picked = pick(event, '__proto__', 'actor.__proto__');
		expect(JSON.stringify(picked)).toBe('{"__proto__":null,"actor":{"__proto__":null}}');
	});

	it('keeps a field whose name has a meaning in JavaScript', () => {
		const from = JSON.parse('{"__proto__":{"polluted":1},"a":{"__proto__":2}}') as typeof event;
		const picked = pick(from, '__proto__.polluted', 'a.__proto__');
		expect(JSON.stringify(picked)).toBe('{"__proto__":{"polluted":1},"a":{"__proto__":2}}');
		expect(Object.getPrototypeOf(picked)).toBe(Object.prototype);
		expect('polluted' in {}).toBe(false);
	});

	it('does not change the object, and returns each field unchanged', () => {
		const names = fc.constantFrom('a', 'b', 'c', 'a.b');
		const objects = fc.letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
			leaf: fc.oneof(fc.integer(), fc.constant(null), fc.array(fc.integer(), { maxLength: 2 })),
			tree: fc.oneof(
				{ maxDepth: 4 },
				tie('leaf'),
				fc.dictionary(names, tie('tree'), { noNullPrototype: true }),
			),
		}));
		const roots = fc.dictionary(names, objects.tree, { noNullPrototype: true });
		const paths = fc.array(
			fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }),
			{ maxLength: 4 },
		);
		fc.assert(
			fc.property(roots, paths, (root, chosenPaths) => {
				const before = JSON.stringify(root);
				const picked = pickFields(root, chosenPaths);
				expect(JSON.stringify(root)).toBe(before);
				for (const path of chosenPaths) {
					const found = getField(root, path);
					if (found !== undefined) expect(getField(picked, path)).toEqual(found);
				}
				if (chosenPaths.length === 0) expect(picked).toEqual({});
			}),
			{ numRuns: 300 },
		);
	});
});

/** The field at a path. A name with dots takes precedence over nested fields. */
function getField(from: unknown, path: readonly string[]): unknown {
	if (path.length === 0) return from;
	if (typeof from !== 'object' || from === null || Array.isArray(from)) return undefined;
	const fields = from as Record<string, unknown>;
	const whole = path.join('.');
	if (whole in fields) return fields[whole];
	return getField(fields[path[0]!], path.slice(1));
}

describe('findEmptyFields', () => {
	it('finds the paths without a value in any object', () => {
		const objects = [event, { event: 'X', message: { 'a.b': 2 } }, { actor: null }];
		const paths = ['event', 'message.a.b', 'ipAddress', 'actor.name', 'toString'].map(
			parseFieldPath,
		);
		expect(findEmptyFields(objects, paths)).toEqual([
			['ipAddress'],
			['actor', 'name'],
			['toString'],
		]);
		expect(findEmptyFields([], paths)).toEqual(paths);
	});
});
