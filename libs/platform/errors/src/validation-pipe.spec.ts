import { Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, IsString, MinLength, ValidateNested } from 'class-validator';
import { AppError, createValidationPipe } from '.';

class Row {
  @IsString()
  @MinLength(2)
  name!: string;
}
class Body {
  @IsInt()
  count!: number;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Row)
  rows?: Row[];
}
class Nothing {
  @IsOptional()
  @IsString()
  note?: string;
}

const pipe = createValidationPipe();
const check = (value: unknown, metatype: new () => object = Body) =>
  pipe.transform(value, { type: 'body', metatype }) as Promise<unknown>;

async function refusal(value: unknown, metatype?: new () => object): Promise<AppError> {
  const error: unknown = await (async () => check(value, metatype))().then(
    () => new Error('accepted'),
    (e: unknown) => e,
  );
  if (error instanceof AppError) return error;
  throw error;
}

describe('createValidationPipe', () => {
  it('makes instances of what is right', async () => {
    await expect(check({ count: 1, rows: [{ name: 'ab' }] })).resolves.toBeInstanceOf(Body);
  });

  it('names every wrong field by its path', async () => {
    const error = await refusal({ count: '1', rows: [{ name: 'ab' }, { name: 'ab' }, { name: 'a' }, 7] });
    expect(error.code).toBe('VALIDATION_FAILED');
    expect(error.fields).toEqual(
      expect.arrayContaining([
        { path: 'count', message: 'must be an integer number' },
        { path: 'rows[2].name', message: 'must be longer than or equal to 2 characters' },
      ]),
    );
    expect(error.fields.some((f) => f.path.startsWith('rows[3]'))).toBe(true);
    expect(error.message).toContain('count: must be an integer number');
    expect(error.message).toContain('more)');
  });

  it('refuses unknown fields and names the known ones', async () => {
    const error = await refusal({ count: 1, cuont: 2, rows: [{ name: 'ab', x: 1 }] });
    expect(error.fields).toEqual(
      expect.arrayContaining([
        {
          path: 'cuont',
          message: expect.stringMatching(/is not a known field; known are .*count.*rows|rows.*count/),
        },
        { path: 'rows[0].x', message: 'is not a known field; known are name' },
      ]),
    );
  });

  it.each([[null], [undefined], [[]], ['text'], [5], [true]])(
    'refuses %p where an object is meant',
    async (value) => {
      expect((await refusal(value, Nothing)).fields).toEqual([
        { path: '', message: expect.stringContaining('must be a JSON object') },
      ]);
    },
  );

  it('leaves bodies without a DTO alone', async () => {
    await expect(pipe.transform([1], { type: 'body', metatype: Object })).resolves.toEqual([1]);
    await expect(pipe.transform('x', { type: 'param', metatype: String, data: 'id' })).resolves.toBe('x');
  });
});
