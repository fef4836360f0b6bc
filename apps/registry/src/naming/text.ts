import { applyDecorators } from '@nestjs/common';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';

/** PostgreSQL stores every character but NUL. */
// eslint-disable-next-line no-control-regex -- the very character that must not come in
const WITHOUT_NUL = /^[^\u0000]*$/;

/** A string of at most `max` characters (and at least `min`, 0 by default) that the database can store. */
export function Text(max: number, min = 0): PropertyDecorator {
  return applyDecorators(
    IsString(),
    Matches(WITHOUT_NUL, { message: '$property must not hold NUL characters' }),
    MinLength(min),
    MaxLength(max),
  );
}
