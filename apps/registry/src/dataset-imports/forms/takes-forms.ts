import { SetMetadata } from '@nestjs/common';

export const TAKES_FORMS = 'modelyard:takes-forms';

/** The route takes its JSON body as a form too, whose files become the uploads of its source. */
export function TakesForms(): MethodDecorator {
  return SetMetadata(TAKES_FORMS, true);
}
