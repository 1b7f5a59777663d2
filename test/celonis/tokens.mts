import type { OAuthClient } from './access.mts';
import type { Clock } from './clock.mts';
import type { Random } from './random.mts';

export interface AccessToken {
	/** How the record of requests names it, instead of showing it. */
	readonly label: string;
	readonly clientId: string;
	readonly scopes: readonly string[];
	expiresAt: number;
}

const keptTokens = 10_000;

/** The access tokens given out. They die by the simulator's clock; there is no refresh token. */
export class Tokens {
	/** Number of tokens given out so far. */
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
		if (this.byText.size > keptTokens) this.byText.delete(this.byText.keys().next().value!);
		return text;
	}

	/** The token, alive or not. */
	find(text: string): AccessToken | undefined {
		return this.byText.get(text);
	}

	isAlive(token: AccessToken): boolean {
		return this.clock.now() < token.expiresAt;
	}

	/** Ends every token at once, as when an admin revokes the client's access. */
	expireAll(): void {
		for (const token of this.byText.values()) token.expiresAt = -Infinity;
	}
}
