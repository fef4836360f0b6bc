export * from './assignment';
export * from './messages';
