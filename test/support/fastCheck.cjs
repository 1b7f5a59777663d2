/**
 * `fast-check` as tests import it: its inputs are the same in every run, unless the environment has
 * another seed.
 */
const fc = require(FAST_CHECK_FILE);

fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_125) });

module.exports = fc;
