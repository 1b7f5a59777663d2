/**
 * What counts as the address of a Celonis team, group 1 being its origin: `https` to any host,
 * since teams live in many realms and behind custom names; plain `http` to this machine only.
 * A user name in the address, a backslash or a space is no match: such an address can look like
 * one host and lead to another.
 */
const TEAM_URL =
	/^(https:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?|http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?)(?:[/?#]\S*)?$/i;

/** The origin of a team URL as a user pastes it (`https://team.realm.celonis.cloud/any/page`). */
export function parseTeamOrigin(teamUrl: unknown): string | undefined {
	if (typeof teamUrl !== 'string') return undefined;
	const origin = TEAM_URL.exec(teamUrl.trim())?.[1]?.toLowerCase();
	return origin !== undefined && URL.canParse(origin) ? origin : undefined;
}

/**
 * The same rule as an n8n expression, for addresses that n8n derives from a credential by itself.
 * Where the team URL can't be used, the address gets a scheme that no HTTP client sends anything
 * to, and whose name says in the error what is wrong.
 */
export function buildOriginExpression(variable: '$self' | '$credentials', path: string): string {
	const origin = `String(${variable}["teamUrl"] ?? "").trim().match(${TEAM_URL})?.[1]?.toLowerCase()`;
	return `={{ (${origin} ?? "team-url-must-start-with-https:/") + "${path}" }}`;
}
