/** sharp's words for ours. */
export const FITS = { cover: 'cover', contain: 'contain', stretch: 'fill' } as const;
