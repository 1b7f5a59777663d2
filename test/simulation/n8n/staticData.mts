/**
 * n8n's static data of a node: n8n notices only assignments at its top level. On the in-memory engine,
 * it has a property that tells whether it was changed.
 */
export class StaticData {
	isChanged = false;
	readonly data: Record<string, unknown>;

	constructor(saved: string | undefined, isObservable = false) {
		this.data = new Proxy((saved ? JSON.parse(saved) : {}) as Record<string, unknown>, {
			has: (target, name) =>
				(isObservable && name === '__dataChanged') || Reflect.has(target, name),
			set: (target, name, value) => {
				this.isChanged = true;
				return Reflect.set(target, name, value);
			},
		});
	}

	save(): string {
		this.isChanged = false;
		return JSON.stringify(this.data);
	}
}
