/**
 * What the TypeScript compiler does not do for `dist`: empty it, and add icons and codex files.
 * Nothing else goes in: pictures of tests and docs stay out of the package.
 */
const { rm } = require('node:fs/promises');
const { dest, parallel, src } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });
const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
const codex = () => src('nodes/**/*.node.json', { base: '.' }).pipe(dest('dist'));

exports.clean = clean;
exports.assets = parallel(icons, codex);
