import manifest from '../../package.json' with { type: 'json' };

/** This release's number, as in `package.json`. */
export const version: string = manifest.version;
