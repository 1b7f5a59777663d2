/**
 * An object like `{}`, whose fields become known one at a time. V8 looks for the next field of `{}` among
 * those of all objects in the process, which in n8n takes ten times as long as among those of these objects.
 */
export function createObject(): Record<string, unknown> {
	return new PlainObject();
}

/** A function, because the prototype of a class cannot be that of `{}`. */
const PlainObject = function () {} as unknown as new () => Record<string, unknown>;
PlainObject.prototype = Object.prototype;

/** Sets a field of an object. Plain assignment would set the prototype if the field is `__proto__`. */
export function defineField(object: Record<string, unknown>, name: string, value: unknown): void {
	if (name !== '__proto__') object[name] = value;
	else {
		const rules = { enumerable: true, writable: true, configurable: true };
		Object.defineProperty(object, name, { value, ...rules });
	}
}
