/**
 * Runs inside n8n, as an external hook: adds the package to n8n's list of installed community packages
 * with n8n's own code, so that Settings → Community nodes shows it. n8n does that only for packages
 * that it has installed from a registry.
 */
const PACKAGE = 'n8n-nodes-celonis';

async function register() {
	const { Container } = require.main.require('@n8n/di');
	const own = (path) => require.main.require(`../dist/${path}`);
	const { LoadNodesAndCredentials } = own('load-nodes-and-credentials');
	const { CommunityPackagesService } = own('modules/community-packages/community-packages.service');
	const loader = Container.get(LoadNodesAndCredentials).loaders[PACKAGE];
	if (!loader) return console.error(`${PACKAGE} was not loaded`);
	const packages = Container.get(CommunityPackagesService);
	const listed = await packages.findInstalledPackage(PACKAGE);
	if (!listed) await packages.persistInstalledPackage(loader);
	else if (listed.installedVersion !== loader.packageJson.version) {
		await packages.replaceInstalledPackage(listed, loader);
	}
}

module.exports = {
	n8n: {
		ready: [
			async () => {
				// Only the list is affected: another version of n8n may store it elsewhere.
				await register().catch((error) =>
					console.error(`${PACKAGE} is not listed: ${error.message}`),
				);
			},
		],
	},
};
