/** Differences between n8n's releases that affect the tests. */
export interface N8nCapabilities {
	/** A failed test of a credential shows the package's message. */
	showsNodeErrors: boolean;
	/** An OAuth2 token is fetched through a tunnel of the HTTP proxy, which cannot read it. */
	tunnelsTokenRequests: boolean;
}

/**
 * From n8n's source where `npm run compat` was not run: 2.33.0 and 2.17.7 lack them. 2.34, 2.18 and
 * 2.19 were not checked.
 */
export function getN8nCapabilities(version: string): N8nCapabilities {
	return {
		showsNodeErrors: isAtLeast(version, 2, 35),
		tunnelsTokenRequests: isAtLeast(version, 2, 20),
	};
}

/** Whether a version is that minor release of n8n or a later one. */
export function isAtLeast(version: string, wantedMajor: number, wantedMinor: number): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
