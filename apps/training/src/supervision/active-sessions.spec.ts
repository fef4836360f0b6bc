import { ActiveSessions } from './active-sessions';

it('reaches the sessions of a job, until they are taken out', () => {
  const sessions = new ActiveSessions();
  const [one, other] = [{ poll: jest.fn() }, { poll: jest.fn() }];
  const release = sessions.add('job-1', one);
  sessions.add('job-2', other);
  sessions.poll('job-1');
  release();
  sessions.poll('job-1');
  sessions.poll('unknown');
  expect(one.poll).toHaveBeenCalledTimes(1);
  expect(other.poll).not.toHaveBeenCalled();
});
