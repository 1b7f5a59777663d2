/**
 * A valid team URL; group 1 is its origin. `https` to any host, since teams have many realms and
 * custom domains; plain `http` to this machine only. A user name, a backslash or a space does not
 * match: such a URL can look like one host and lead to another.
 */
const TEAM_URL =
	/^(https:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?|http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?)(?:[/?#]\S*)?$/i;

/** A host name without a scheme, which stands for `https`. A single word is more likely a mistake. */
const NO_SCHEME = /^(?=(?:[a-z0-9-]+\.[a-z0-9.-]+|localhost|\[[0-9a-f:.]+\])(?::\d+)?(?:[/?#]|$))/i;

/** The origin of a team URL as a user pastes it (`https://team.realm.celonis.cloud/any/page`). */
export function parseTeamOrigin(teamUrl: unknown): string | undefined {
	if (typeof teamUrl !== 'string') return undefined;
	const url = teamUrl.trim().replace(NO_SCHEME, 'https://');
	const origin = TEAM_URL.exec(url)?.[1]?.toLowerCase();
	return origin !== undefined && URL.canParse(origin) ? origin : undefined;
}

/**
 * The same rule as an n8n expression, for URLs that n8n itself builds from a credential. If the team
 * URL is invalid, the result has a scheme that no HTTP client supports, and whose name explains the
 * error.
 */
export function buildOriginExpression(variable: '$self' | '$credentials', path: string): string {
	const url = `String(${variable}["teamUrl"] ?? "").trim().replace(${NO_SCHEME}, "https://")`;
	const origin = `${url}.match(${TEAM_URL})?.[1]?.toLowerCase()`;
	return `={{ (${origin} ?? "team-url-must-start-with-https:/") + "${path}" }}`;
}
