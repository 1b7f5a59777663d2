import type { RestClient } from '../../../scripts/n8n/rest.mts';

const path = '/rest/community-packages';
const name = 'n8n-nodes-celonis';

/** A package as Settings → Community nodes shows it. */
export interface ListedPackage {
	packageName: string;
	installedVersion: string;
	installedNodes: Array<{ type: string }>;
	/** Older versions of n8n set it only for a package that failed. */
	failedLoading?: boolean;
	updateAvailable?: string;
}

export async function listedPackages(api: RestClient): Promise<ListedPackage[]> {
	return await api.get<ListedPackage[]>(path);
}

/** The request of the button "Install". */
export async function installPackage(api: RestClient): Promise<ListedPackage> {
	return await api.post<ListedPackage>(path, { name });
}

/** The request of the button "Update"; with a checksum for a verified package. */
export async function updatePackage(
	api: RestClient,
	version: string,
	checksum?: string,
): Promise<ListedPackage> {
	return await api.patch<ListedPackage>(path, { name, version, checksum });
}

/** The request of "Uninstall package". */
export async function uninstallPackage(api: RestClient): Promise<void> {
	await api.delete(`${path}?name=${name}`);
}
