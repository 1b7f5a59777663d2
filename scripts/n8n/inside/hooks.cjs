/** All that runs inside n8n, as one external hook file: n8n's releases differ in how they separate several. */
require('./stopWithStarter.cjs');

module.exports = require('./registerPackage.cjs');
