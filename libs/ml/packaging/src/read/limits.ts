/** Bounds of what a package of unknown origin may cost to read. */
export const PACKAGE_LIMITS = {
  /** Files of one package. */
  files: 1000,
  mlmodelBytes: 1024 * 1024,
  /** Words, marks, spaces and line ends of its YAML: MLflow's own files have some hundred. */
  mlmodelTokens: 10_000,
  /** Brackets inside brackets. */
  mlmodelDepth: 32,
  signatureBytes: 4 * 1024 * 1024,
  inputExampleBytes: 64 * 1024 * 1024,
  classes: 100_000,
  columns: 100_000,
  examples: 1000,
} as const;
