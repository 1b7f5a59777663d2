import { findAddress } from '../filters/addressBlock';
import { memoizeByText } from '../records/memoize';

/** The server of a team. */
export interface TeamHost {
	/** The host as in a URL, without the port: a name, an IPv4 address, or `[::1]`. */
	readonly hostname: string;
	/** The IP address, if the host is one. */
	readonly ip?: string;
}

/** Parses the host of a team, such as `acme.eu-1.celonis.cloud` or `127.0.0.1:8443`. */
export const parseTeamHost: (team: string) => TeamHost = memoizeByText((team) => {
	const hostname = team.replace(/:\d+$/, '');
	return { hostname, ip: findAddress(hostname) };
});
