/** Everything that runs inside n8n, as one external hook file: n8n's releases separate several ones differently. */
require('./stopWithStarter.cjs');

module.exports = require('./registerPackage.cjs');
