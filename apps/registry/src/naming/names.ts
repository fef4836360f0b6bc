import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';

/** Names of datasets and deployments stand in URLs, file names and metric labels. */
export const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
/** MLflow's rule for models: no `/`, no `:`. Control characters and outer spaces are ours to refuse. */
// eslint-disable-next-line no-control-regex -- control characters are what the rule is about
export const MODEL_NAME = /^(?!\s)[^/:\u0000-\u001f\u007f]{1,255}(?<!\s)$/u;
/** MLflow's rule for aliases; `latest` and `v1` are kept for versions. */
export const ALIAS = /^(?!latest$)(?!v\d+$)[\w-]{1,255}$/i;
export const RUN_ID = /^[0-9a-f]{32}$/;

export function PlainName(): PropertyDecorator {
  return applyDecorators(
    Matches(PLAIN_NAME, {
      message:
        '$property must be 1 to 128 letters, digits, `.`, `_` or `-`, and begin with a letter or digit',
    }),
  );
}

export function ModelName(): PropertyDecorator {
  return applyDecorators(
    Matches(MODEL_NAME, {
      message:
        '$property must be 1 to 255 characters without `/`, `:` and control characters, and not begin or end with a space',
    }),
  );
}

export function Alias(): PropertyDecorator {
  return applyDecorators(
    Matches(ALIAS, {
      message:
        '$property must be 1 to 255 letters, digits, `_` or `-`, and neither `latest` nor `v` with a number',
    }),
  );
}

export function RunId(): PropertyDecorator {
  return applyDecorators(Matches(RUN_ID, { message: '$property must be 32 hex digits' }));
}
