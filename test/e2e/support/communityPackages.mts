import type { RestClient } from '../../../scripts/n8n/rest.mts';

const path = '/rest/community-packages';
const name = 'n8n-nodes-celonis';

/** A package as Settings → Community nodes shows it. */
export interface ListedPackage {
	packageName: string;
	installedVersion: string;
	installedNodes: Array<{ type: string }>;
	/** Older n8n say it only of a package that failed. */
	failedLoading?: boolean;
	updateAvailable?: string;
}

export async function listedPackages(api: RestClient): Promise<ListedPackage[]> {
	return await api.get<ListedPackage[]>(path);
}

/** What the button "Install" does. */
export async function installPackage(api: RestClient): Promise<ListedPackage> {
	return await api.post<ListedPackage>(path, { name });
}

/** What the button "Update" does; with a checksum, as for a package that n8n has verified. */
export async function updatePackage(
	api: RestClient,
	version: string,
	checksum?: string,
): Promise<ListedPackage> {
	return await api.patch<ListedPackage>(path, { name, version, checksum });
}

/** What "Uninstall package" does. */
export async function uninstallPackage(api: RestClient): Promise<void> {
	await api.delete(`${path}?name=${name}`);
}
