/** n8n's static data of a node: n8n notices only assignments at its top level. */
export class StaticData {
	isChanged = false;
	readonly data: Record<string, unknown>;

	constructor(saved: string | undefined) {
		this.data = new Proxy((saved ? JSON.parse(saved) : {}) as Record<string, unknown>, {
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
