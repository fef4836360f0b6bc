import { SetMetadata } from '@nestjs/common';

export const WAITS_FOR_IMPORT = 'modelyard:waits-for-import';

/** The route answers with an import, and with what comes of it when the client would rather wait (`Prefer: wait=60`). */
export function WaitsForImport(): MethodDecorator {
  return SetMetadata(WAITS_FOR_IMPORT, true);
}
