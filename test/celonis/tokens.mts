import type { OAuthClient } from './access.mts';
import type { Clock } from './clock.mts';
import type { Random } from './random.mts';

export interface AccessToken {
	/** Its name in recorded requests, which never contain the token. */
	readonly label: string;
	readonly clientId: string;
	readonly scopes: readonly string[];
	expiresAt: number;
}

const MAX_TOKENS = 10_000;

/** The issued access tokens. They expire by the simulator's clock; there is no refresh token. */
export class Tokens {
	/** Number of issued tokens. */
	issued = 0;
	private readonly byText = new Map<string, AccessToken>();

	constructor(
		private readonly clock: Clock,
		private readonly random: Random,
	) {}

	issue(client: OAuthClient, scopes: readonly string[], lifeSeconds: number): string {
		this.issued += 1;
		const text = `not-a-secret-token-${this.issued}-${this.random.hex(24)}`;
		this.byText.set(text, {
			label: `token#${this.issued}`,
			clientId: client.clientId,
			scopes,
			expiresAt: this.clock.now() + lifeSeconds * 1000,
		});
		if (this.byText.size > MAX_TOKENS) this.byText.delete(this.byText.keys().next().value!);
		return text;
	}

	/** The token, expired or not. */
	find(text: string): AccessToken | undefined {
		return this.byText.get(text);
	}

	isAlive(token: AccessToken): boolean {
		return this.clock.now() < token.expiresAt;
	}

	/** Expires every token, as when an admin revokes the client's access. */
	expireAll(): void {
		for (const token of this.byText.values()) token.expiresAt = -Infinity;
	}
}
