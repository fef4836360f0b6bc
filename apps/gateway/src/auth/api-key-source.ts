import type { ApiKeyDigests } from '@modelyard/contracts';

/** Where the digests of all valid keys come from. */
export abstract class ApiKeySource {
  /**
   * @param etag of the last answer
   * @returns undefined when nothing changed since
   * @throws AppError when the registry cannot be asked
   */
  abstract fetch(etag: string | undefined): Promise<ApiKeyDigests | undefined>;
}
