import { describe, expect, it } from '@jest/globals';
import { createObject, defineField } from '../../../nodes/Celonis/records/buildObject';

describe('createObject', () => {
	it('creates an object like {}, a new one each time', () => {
		const object = createObject();
		expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
		expect(object).toStrictEqual({});
		object.a = 1;
		expect([createObject(), structuredClone(object)]).toStrictEqual([{}, { a: 1 }]);
		expect('a' in {}).toBe(false);
	});
});

describe('defineField', () => {
	it.each(['a', 'constructor', 'toString', '__proto__'])('sets the field %s', (name) => {
		const object = createObject();
		defineField(object, name, { polluted: 1 });
		defineField(object, name, { polluted: 2 });
		expect(JSON.stringify(object)).toBe(`{"${name}":{"polluted":2}}`);
		expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
		expect('polluted' in object).toBe(false);
	});
});
