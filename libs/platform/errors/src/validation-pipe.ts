import { Injectable, ValidationPipe } from '@nestjs/common';
import type { ArgumentMetadata } from '@nestjs/common';
import { AppError } from './app-error';
import { checkBodySize } from './check-body-size';
import { toFieldErrors } from './to-field-errors';

/** Whoever got this many fields wrong needs no list of the others. */
const MAX_FIELDS = 100;

const NOT_DTOS: unknown[] = [undefined, Object, Array, String, Number, Boolean, Buffer];

/** A body for a DTO must be an object: class-validator would let `null` and lists through to the handler's defaults. */
@Injectable()
class DtoPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const isDto =
      metadata.type === 'body' && metadata.data === undefined && !NOT_DTOS.includes(metadata.metatype);
    if (isDto && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      const found =
        value === undefined
          ? 'nothing'
          : value === null
            ? 'null'
            : Array.isArray(value)
              ? 'a list'
              : `a ${typeof value}`;
      const fields = [{ path: '', message: `must be a JSON object, not ${found}` }];
      throw new AppError('VALIDATION_FAILED', `The body must be a JSON object, not ${found}.`, { fields });
    }
    if (isDto) checkBodySize(value as object);
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

/**
 * Checks every DTO: unknown fields are refused, plain objects become instances, and what is wrong is one
 * `VALIDATION_FAILED` that names each field by its path: `rows[2].name`. Query parameters are text: their DTOs say
 * `@Type(() => Number)` where they mean numbers.
 */
export function createValidationPipe(): ValidationPipe {
  return new DtoPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    forbidUnknownValues: false,
    validationError: { target: true }, // toFieldErrors reads the known fields off the class
    exceptionFactory: (errors) => {
      const fields = toFieldErrors(errors);
      const first = fields[0];
      const more = fields.length > 1 ? ` (and ${String(fields.length - 1)} more)` : '';
      const detail =
        first === undefined ? 'The request is not valid.' : `${first.path}: ${first.message}${more}`;
      return new AppError('VALIDATION_FAILED', detail, { fields: fields.slice(0, MAX_FIELDS) });
    },
  });
}
