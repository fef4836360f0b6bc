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

  it('refuses what would keep it busy for long, at once', async () => {
    const nested = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`) as unknown;
    expect((await refusal({ count: nested })).fields).toEqual([
      { path: '', message: 'must not be nested deeper than 32 levels' },
    ]);
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 1]));
    for (const body of [many, { count: many }]) {
      expect((await refusal(body)).fields).toEqual([
        { path: '', message: 'must not have objects of more than 2000 fields' },
      ]);
    }
    expect((await refusal({ count: 1, rows: new Array(100_000).fill(0) })).fields).toEqual([
      { path: '', message: 'must not have more than 60000 fields and elements' },
    ]);
    const rows = Array.from({ length: 5_000 }, () => ({ name: 'ab' }));
    await expect(check({ count: 1, rows })).resolves.toBeInstanceOf(Body);
  });

  it('names no more than a hundred wrong fields', async () => {
    const error = await refusal({ count: 1, rows: new Array(500).fill({ name: 'a' }) });
    expect(error.fields).toHaveLength(100);
    expect(error.message).toContain('(and 499 more)');
  });

  it('leaves bodies without a DTO alone', async () => {
    await expect(pipe.transform([1], { type: 'body', metatype: Object })).resolves.toEqual([1]);
    await expect(pipe.transform('x', { type: 'param', metatype: String, data: 'id' })).resolves.toBe('x');
  });
});
