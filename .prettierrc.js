module.exports = {
	semi: true,
	singleQuote: true,
	trailingComma: 'all',
	useTabs: true,
	tabWidth: 2,
	printWidth: 100,
	endOfLine: 'lf',
	// Four spaces, as Sigma's own rules have.
	overrides: [{ files: 'detections/*.yml', options: { tabWidth: 4 } }],
};
