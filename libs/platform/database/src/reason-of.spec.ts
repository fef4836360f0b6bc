import { reasonOf } from './reason-of';

describe('reasonOf', () => {
  it('joins the messages of an error and its causes, and nothing else of them', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { client: { password: 'secret' } });
    const error = new Error('The database cannot be reached.', { cause: refused });
    expect(reasonOf(error)).toBe('The database cannot be reached. ← connect ECONNREFUSED');
  });

  it('takes anything that was thrown', () => {
    expect(reasonOf('a string')).toBe('a string');
  });

  it('ends for errors that are their own cause', () => {
    const error = new Error('round');
    error.cause = error;
    expect(reasonOf(error).split('round')).toHaveLength(6);
  });
});
