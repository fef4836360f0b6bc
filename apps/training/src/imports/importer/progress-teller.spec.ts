import type { FromImporter } from '../importer-protocol';
import { ProgressTeller } from './progress-teller';

it('tells the first and the last of a phase, and not more than a few words a second between', () => {
  const said: FromImporter[] = [];
  let now = 0;
  const teller = new ProgressTeller(
    (message) => said.push(message),
    () => now,
  );
  for (let done = 1; done <= 1_000; done++, now += 1) {
    teller.tell(done < 500 ? 'fetching' : 'reading', { done, total: 1_000, unit: 'rows' });
  }
  const heard = said.map((message) => (message.type === 'progress' ? message.progress : undefined));
  expect(heard.map((progress) => `${progress?.phase} ${progress?.done}`)).toEqual([
    'fetching 1',
    'fetching 201',
    'fetching 401',
    'reading 500',
    'reading 700',
    'reading 900',
    'reading 1000',
  ]);
});
