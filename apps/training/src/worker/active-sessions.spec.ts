import { ActiveSessions } from './active-sessions';

const session = () => ({ poll: jest.fn(), handBack: jest.fn() });

it('reaches the sessions of a job, until they are taken out', () => {
  const sessions = new ActiveSessions();
  const [one, other] = [session(), session()];
  const release = sessions.add('job-1', one);
  sessions.add('job-2', other);
  sessions.poll('job-1');
  release();
  sessions.poll('job-1');
  sessions.poll('unknown');
  expect(one.poll).toHaveBeenCalledTimes(1);
  expect(other.poll).not.toHaveBeenCalled();
});

it('hands every training back when it closes, and each that begins later', () => {
  const sessions = new ActiveSessions();
  const [before, after] = [session(), session()];
  sessions.add('job-1', before);
  sessions.close();
  sessions.add('job-2', after);
  expect(before.handBack).toHaveBeenCalledTimes(1);
  expect(after.handBack).toHaveBeenCalledTimes(1);
});
